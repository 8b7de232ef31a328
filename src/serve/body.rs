//! What is sent: bytes that are there, or bytes that come one after the other.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc::Receiver;

pub enum Sent {
    Bytes(Option<Bytes>),
    /// So many bytes will come; unknown for a stream without an end.
    Coming(Receiver<io::Result<Bytes>>, Option<u64>),
}

impl Sent {
    pub fn nothing() -> Self {
        Sent::Bytes(None)
    }
}

impl From<Bytes> for Sent {
    fn from(bytes: Bytes) -> Self {
        Sent::Bytes(Some(bytes).filter(|b| !b.is_empty()))
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match self.get_mut() {
            Sent::Bytes(bytes) => Poll::Ready(bytes.take().map(|b| Ok(Frame::data(b)))),
            Sent::Coming(coming, left) => {
                let next = coming.poll_recv(context);
                if let (Poll::Ready(Some(Ok(bytes))), Some(left)) = (&next, left) {
                    *left = left.saturating_sub(bytes.len() as u64);
                }
                next.map(|next| next.map(|bytes| bytes.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Sent::Bytes(None) | Sent::Coming(_, Some(0)))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Sent::Bytes(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |b| b.len() as u64)),
            Sent::Coming(_, Some(left)) => SizeHint::with_exact(*left),
            Sent::Coming(_, None) => SizeHint::default(),
        }
    }
}
