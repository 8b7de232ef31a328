//! The command `minutebook`: arguments in, exit code out.
fn main() {}
