//! Progress bars, on standard error and only where somebody is watching.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar for a number of stamps. Shows nothing where standard error is no terminal.
pub(super) fn bar(label: &str, stamps: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(stamps), ProgressDrawTarget::stderr());
    let template = "{prefix:<18} {bar:32} {human_pos:>9}/{human_len} {per_sec}";
    // The template is a constant; a mistake in it shows the plain bar.
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.set_prefix(label.to_owned());
    bar
}
