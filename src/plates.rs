//! Pages → one-bit pictures at the dots of a device, and those → TIFF and PNG.
//!
//! A page in gray is painted without smoothing, a dot of the layout for each dot, so that every edge
//! is where the press would put it; what is neither black nor white becomes dots of a screen.

mod file;
mod render;
mod screen;

pub use self::file::{FileError, read_png, read_tiff, write_png, write_tiff};
pub use self::render::{RenderError, render, render_sheet};
pub use self::screen::Screen;
