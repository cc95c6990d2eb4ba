//! stub
use crate::dissect::{context::Context, cursor::*};
/// Stub
pub fn print(_cx: &mut Context, _d: Cursor) -> Outcome {
    Ok(())
}
