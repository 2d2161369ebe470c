//! The content streams of the file, run operator by operator: pages, and the forms, patterns and
//! glyphs that they draw.

mod marked;
mod paint;
mod picture;
mod text;

pub(super) use self::paint::Mark;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, Stream};

use super::document::{Check, PageView};
use super::inks::Inks;
use super::limits::{
    CONTENT_BYTES_MAX, DECODED_BYTES_MAX, FORM_RUNS_MAX, NESTING_MAX, OPERATORS_MAX,
    SAVED_STATES_MAX, TREE_LEVELS_MAX,
};
use super::matrix::Matrix;
use super::operators::Operation;
use super::read::{self, Undecoded};
use super::report::Place;
use super::rule::Rule;
use super::scope::Scope;
use super::space::{Space, Spaces};
use super::state::State;

/// Comes after the last operator: if it does not, the stream broke off before.
const END: &[u8] = b"\nEndOfTheStream\n";

/// Runs all pages and asks the rules of what is painted.
pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    let mut runner = Runner::new(check);
    for page in &document.pages {
        runner.page(page);
    }
    let (inks, cut_short) = (runner.inks, runner.cut_short);
    inks.finish(check);
    super::fonts::finish(check, cut_short);
}

/// Spaces that operators choose without a name.
struct Device {
    gray: Rc<Space>,
    rgb: Rc<Space>,
    cmyk: Rc<Space>,
}

struct Runner<'c, 'a> {
    check: &'c mut Check<'a>,
    device: Device,
    spaces: Spaces<'a>,
    pdf: &'a Pdf,
    scopes: HashMap<ObjectIdentifier, Rc<Scope<'a>>>,
    inks: Inks,
    /// Forms that were run, with the state they were run in.
    runs: HashSet<(ObjectIdentifier, u64)>,
    place: Place,
    depth: usize,
    /// Marked sections around that are steps that cut or fold.
    steps: usize,
    operators: u64,
    content_bytes: usize,
    cut_short: bool,
}

/// A content stream being run.
struct Frame<'a> {
    scope: Rc<Scope<'a>>,
    /// The space that patterns lie in (ISO 32000-1, 8.7.3.1).
    base: Matrix,
    state: State<'a>,
    saved: Vec<State<'a>>,
    /// Marked sections that are open, and whether they are such steps.
    marked: Vec<bool>,
    text_matrix: Matrix,
    /// Depth of sections in which unknown operators are no fault.
    compatible: u32,
}

impl<'a> Frame<'a> {
    fn new(scope: Rc<Scope<'a>>, state: State<'a>) -> Self {
        let base = state.matrix;
        let text_matrix = Matrix::IDENTITY;
        let (saved, marked) = (Vec::new(), Vec::new());
        Self { scope, base, state, saved, marked, text_matrix, compatible: 0 }
    }
}

impl<'c, 'a> Runner<'c, 'a> {
    fn new(check: &'c mut Check<'a>) -> Self {
        let device =
            Device { gray: Space::Gray.into(), rgb: Space::Rgb.into(), cmyk: Space::Cmyk.into() };
        Self {
            spaces: Spaces::new(check.document.pdf),
            pdf: check.document.pdf,
            check,
            device,
            scopes: HashMap::new(),
            inks: Inks::default(),
            runs: HashSet::new(),
            place: Place::FILE,
            depth: 0,
            steps: 0,
            operators: 0,
            content_bytes: 0,
            cut_short: false,
        }
    }

    fn add(&mut self, rule: Rule, detail: impl Into<String>) {
        self.check.findings.add(rule, self.place, detail);
    }

    fn cut_short(&mut self, detail: impl Into<String>) {
        self.cut_short = true;
        self.add(Rule::CheckCutShort, detail);
    }

    fn page(&mut self, page: &PageView<'a>) {
        let dict = page.page.raw();
        self.place = Place::page(page.number);
        self.steps = 0;
        let scope = self.scope(&inherited_resources(self.pdf, dict));
        self.blending_space(dict, &scope);
        let content = self.page_content(dict);
        let state = State::initial(&self.device.gray);
        self.run(content, Frame::new(Rc::clone(&scope), state));
        let annotations = dict.get::<Array<'_>>("Annots");
        for annotation in annotations.into_iter().flat_map(|list| list.iter::<Dict<'_>>()) {
            let appearance = annotation.get::<Dict<'_>>("AP").unwrap_or_default();
            if let Some(form) = appearance.get::<Stream<'_>>("N") {
                let state = State::initial(&self.device.gray);
                self.form(&form, &scope, &state);
            }
        }
    }

    /// The streams of a page, one after the other.
    fn page_content(&mut self, page: &Dict<'a>) -> Vec<u8> {
        let streams = match read::object(self.pdf, page, "Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(array)) => array.iter::<Stream<'_>>().collect(),
            _ => Vec::new(),
        };
        let mut content = Vec::new();
        for stream in streams {
            if content.len() > DECODED_BYTES_MAX {
                self.cut_short("the page's content is too large");
                break;
            }
            content.extend(self.decode(&stream));
            content.push(b'\n');
        }
        content
    }

    fn decode(&mut self, stream: &Stream<'a>) -> Vec<u8> {
        if self.content_bytes > CONTENT_BYTES_MAX {
            self.cut_short("forms are drawn too often");
            return Vec::new();
        }
        match read::decode(stream) {
            Ok(content) => {
                self.content_bytes += content.len();
                content
            }
            Err(Undecoded::Broken) => {
                let detail = format!("object {}", stream.obj_id().obj_number);
                self.add(Rule::ContentUnreadable, detail);
                Vec::new()
            }
            Err(Undecoded::TooLarge) => {
                self.cut_short(format!("object {} is too large", stream.obj_id().obj_number));
                Vec::new()
            }
        }
    }

    /// The resources as a scope, read once for each object.
    fn scope(&mut self, resources: &Dict<'a>) -> Rc<Scope<'a>> {
        if let Some(known) = resources.obj_id().and_then(|id| self.scopes.get(&id)) {
            return Rc::clone(known);
        }
        let scope = Rc::new(Scope::new(self.pdf, resources, &mut self.spaces));
        if let Some(id) = resources.obj_id() {
            self.scopes.insert(id, Rc::clone(&scope));
        }
        scope
    }

    /// Runs a form, unless it was run in the same state before.
    fn form(&mut self, form: &Stream<'a>, outer: &Rc<Scope<'a>>, state: &State<'a>) {
        let dict = form.dict();
        let mut state = state.clone();
        state.matrix = matrix(dict, "Matrix").then(state.matrix);
        let own = read::own_dict(self.pdf, dict, "Resources");
        self.nested(form, own, outer, state);
    }

    /// Runs a stream inside another.
    fn nested(
        &mut self,
        stream: &Stream<'a>,
        resources: Option<Dict<'a>>,
        outer: &Rc<Scope<'a>>,
        state: State<'a>,
    ) {
        let mut hasher = DefaultHasher::new();
        state.print(&mut hasher);
        (self.steps > 0).hash(&mut hasher);
        let run = (stream.obj_id(), hasher.finish());
        if self.runs.contains(&run) {
            return;
        }
        if self.runs.len() >= FORM_RUNS_MAX || self.depth >= NESTING_MAX {
            self.cut_short("forms lie in each other too deeply, or there are too many");
            return;
        }
        self.runs.insert(run);
        let scope = match resources {
            Some(resources) => self.scope(&resources),
            None => Rc::clone(outer),
        };
        let (place, steps) = (self.place, self.steps);
        self.place.object = Some(stream.obj_id().obj_number);
        self.depth += 1;
        self.blending_space(stream.dict(), &scope);
        let content = self.decode(stream);
        self.run(content, Frame::new(scope, state));
        self.depth -= 1;
        (self.place, self.steps) = (place, steps);
    }

    /// The colour space that a transparency group blends in (ISO 32000-1, 11.6.6).
    fn blending_space(&mut self, dict: &Dict<'a>, scope: &Rc<Scope<'a>>) {
        let Some(group) = read::own_dict(self.pdf, dict, "Group") else { return };
        if let Some(space) = self.spaces.under(&group, b"CS") {
            super::colour::check(self.check, &space, scope, self.place, "blending");
        }
    }

    fn run(&mut self, mut content: Vec<u8>, mut frame: Frame<'a>) {
        content.extend_from_slice(END);
        let mut operators = UntypedIter::new(&content);
        let mut ended = false;
        while let Some(instruction) = operators.next() {
            if &**instruction.operator == END.trim_ascii() {
                ended = true;
                break;
            }
            self.operators += 1;
            if self.operators > OPERATORS_MAX {
                if !self.cut_short {
                    self.cut_short(format!("more than {OPERATORS_MAX} operators"));
                }
                return;
            }
            match Operation::new(&instruction) {
                Some(operation) => self.operation(&mut frame, &operation),
                None if frame.compatible > 0 => {}
                None => {
                    let operator = String::from_utf8_lossy(instruction.operator).into_owned();
                    let short: String = operator.chars().take(20).collect();
                    self.add(Rule::ContentOperator, short);
                }
            }
        }
        if !ended {
            self.add(Rule::ContentOperator, "it breaks off before its end");
        }
        if !frame.saved.is_empty() {
            self.add(Rule::ContentBalance, "q without Q");
        }
    }

    fn operation(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        match operation.operator {
            b"q" | b"Q" | b"cm" | b"w" | b"gs" | b"BX" | b"EX" => {
                self.state_operation(frame, operation);
            }
            b"BDC" | b"BMC" | b"EMC" => self.marked_content(frame, operation),
            b"BT" | b"Tm" | b"Tf" | b"Tr" | b"Tj" | b"TJ" | b"'" | b"\"" => {
                self.text_operation(frame, operation);
            }
            b"Do" | b"BI" | b"sh" => self.object_operation(frame, operation),
            _ => self.paint_operation(frame, operation),
        }
    }

    fn state_operation(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        match operation.operator {
            b"q" if frame.saved.len() >= SAVED_STATES_MAX => {
                self.cut_short("too many graphics states are saved");
            }
            b"q" => frame.saved.push(frame.state.clone()),
            b"Q" => match frame.saved.pop() {
                Some(state) => frame.state = state,
                None => self.add(Rule::ContentBalance, "Q without q"),
            },
            b"cm" => {
                if let Some(matrix) = operation.exactly() {
                    frame.state.matrix = Matrix(matrix).then(frame.state.matrix);
                }
            }
            b"w" => frame.state.line_width = operation.numbers.first().copied().unwrap_or(1.0),
            b"BX" => frame.compatible += 1,
            b"EX" => frame.compatible = frame.compatible.saturating_sub(1),
            _ => self.state_by_name(frame, operation),
        }
    }

    fn state_by_name(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        let Some(name) = operation.name() else { return };
        let Some(change) = frame.scope.state(name) else {
            self.add(Rule::ContentResource, format!("ExtGState {}", read::name_text(name)));
            return;
        };
        let state = &mut frame.state;
        state.line_width = change.line_width.unwrap_or(state.line_width);
        state.overprint_stroke = change.overprint_stroke.unwrap_or(state.overprint_stroke);
        state.overprint_fill = change.overprint_fill.unwrap_or(state.overprint_fill);
        state.overprint_mode = change.overprint_mode.or(state.overprint_mode);
        state.font = change.font.clone().or_else(|| state.font.take());
        state.font_size = change.font_size.unwrap_or(state.font_size);
        if let Some(mask) = &change.soft_mask {
            let start = State { matrix: state.matrix, ..State::initial(&self.device.gray) };
            let scope = Rc::clone(&frame.scope);
            self.form(mask, &scope, &start);
        }
    }
}

/// A matrix under a key; the identity if there is none.
fn matrix(dict: &Dict<'_>, key: &str) -> Matrix {
    let numbers = dict.get::<Array<'_>>(key).map(|array| array.iter::<f64>().collect::<Vec<_>>());
    let six = numbers.and_then(|numbers| numbers.try_into().ok());
    six.map_or(Matrix::IDENTITY, Matrix)
}

/// The resources of a page, or of the nearest node of the page tree that has some.
fn inherited_resources<'a>(pdf: &'a Pdf, page: &Dict<'a>) -> Dict<'a> {
    let mut node = page.clone();
    for _ in 0..TREE_LEVELS_MAX {
        if let Some(resources) = read::own_dict(pdf, &node, "Resources") {
            return resources;
        }
        match read::own_dict(pdf, &node, "Parent") {
            Some(parent) => node = parent,
            None => break,
        }
    }
    Dict::default()
}
