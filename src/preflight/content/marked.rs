//! Marked sections of content: layers, and steps that cut or fold among them.

use super::{Frame, Runner};
use crate::preflight::limits::SAVED_STATES_MAX;
use crate::preflight::operators::Operation;
use crate::preflight::read;
use crate::preflight::rule::Rule;

impl<'a> Runner<'_, 'a> {
    pub(super) fn marked_content(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        match operation.operator {
            b"EMC" => {
                let was_step = frame.marked.pop().unwrap_or_default();
                self.steps = self.steps.saturating_sub(was_step.into());
            }
            _ if frame.marked.len() >= SAVED_STATES_MAX => {
                self.cut_short("too many marked sections are open");
            }
            b"BDC" => {
                let is_step = self.layer(frame, operation);
                self.steps += usize::from(is_step);
                frame.marked.push(is_step);
            }
            _ => frame.marked.push(false),
        }
    }

    /// Layers are marked content with a property list of their own (ISO 32000-1, 8.11.3.2). Whether this
    /// one is a step that cuts or folds.
    fn layer(&mut self, frame: &Frame<'a>, operation: &Operation<'_, '_>) -> bool {
        if operation.name().is_none_or(|tag| tag.as_ref() != b"OC") {
            return false;
        }
        if self.check.x1a() {
            self.add(Rule::LayersForbidden, "");
        }
        let Some(name) = operation.last_name() else { return false };
        if !frame.scope.has_properties(name) {
            self.add(Rule::ContentResource, format!("Properties {}", read::name_text(name)));
        }
        frame.scope.is_die_step(name)
    }
}
