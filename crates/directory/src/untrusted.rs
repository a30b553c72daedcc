//! What has been read and not yet been believed.

use sluis_wire::frame::Frame;

/// A parsed frame whose signatures nobody has checked: nothing inside can be read before `verify`.
#[derive(Clone, Debug)]
pub struct Untrusted<T> {
    pub(crate) frame: Frame,
    pub(crate) content: T,
}
