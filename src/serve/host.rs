//! Whose requests are answered. A page of a foreign site can make a browser
//! ask this machine under a name of its own (DNS rebinding): so the name that
//! is asked for must be one of ours.

use std::net::{IpAddr, SocketAddr};

/// The names of a server, with its port.
#[derive(Clone, Debug)]
pub struct Hosts {
    at: SocketAddr,
}

impl Hosts {
    pub fn new(at: SocketAddr) -> Self {
        Self { at }
    }

    /// Whether `Host: text` means this server.
    pub fn allow(&self, text: &str) -> bool {
        let Some((name, port)) = split(text) else {
            return false;
        };
        if port.unwrap_or(80) != self.at.port() {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case("localhost.") {
            return self.at.ip().is_loopback() || self.at.ip().is_unspecified();
        }
        // An address in digits cannot be made to mean another machine.
        let Ok(ip) = name.parse::<IpAddr>() else {
            return false;
        };
        let ours = self.at.ip();
        ip == ours || ours.is_unspecified() || (ours.is_loopback() && ip.is_loopback())
    }

    /// Whether `Origin: text` is a page of this server.
    pub fn allow_origin(&self, text: &str) -> bool {
        text.strip_prefix("http://").is_some_and(|host| self.allow(host))
    }
}

/// `name:port`, `[::1]:port`; the brackets are taken off.
fn split(text: &str) -> Option<(&str, Option<u16>)> {
    let (name, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (name, rest) = rest.split_once(']')?;
            name.parse::<std::net::Ipv6Addr>().ok()?;
            (name, rest)
        }
        None => match text.find(':') {
            Some(at) => text.split_at(at),
            None => (text, ""),
        },
    };
    if port.is_empty() {
        return Some((name, None));
    }
    let digits = port.strip_prefix(':')?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    Some((name, Some(digits.parse().ok().filter(|_| plain)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(at: &str) -> Hosts {
        Hosts::new(at.parse().expect("an address"))
    }

    #[test]
    fn only_names_of_this_machine_are_ours() {
        let ours = hosts("127.0.0.1:4400");
        for good in [
            "localhost:4400",
            "LOCALHOST:4400",
            "127.0.0.1:4400",
            "127.0.0.2:4400",
            "[::1]:4400",
        ] {
            assert!(ours.allow(good), "{good}");
        }
        for bad in [
            "",
            "localhost",
            "localhost:4401",
            "localhost:",
            "localhost:+4400",
            "localhost:4400:4400",
            "evil.example:4400",
            "localhost.evil.example:4400",
            "127.0.0.1.evil.example:4400",
            "127.1:4400",
            "0x7f000001:4400",
            "2130706433:4400",
            "192.168.0.1:4400",
            "user@localhost:4400",
            "[::1:4400",
            "[127.0.0.1]:4400",
            "::1:4400",
            "localhost:4400/",
            "localhost:4400,evil.example",
        ] {
            assert!(!ours.allow(bad), "{bad}");
        }
        assert!(hosts("127.0.0.1:80").allow("localhost"));
        assert!(hosts("0.0.0.0:4400").allow("192.168.0.1:4400"));
        assert!(!hosts("0.0.0.0:4400").allow("evil.example:4400"));
        assert!(hosts("192.168.0.1:4400").allow("192.168.0.1:4400"));
        assert!(!hosts("192.168.0.1:4400").allow("192.168.0.2:4400"));
    }

    #[test]
    fn an_origin_has_our_scheme_too() {
        let ours = hosts("127.0.0.1:4400");
        assert!(ours.allow_origin("http://localhost:4400"));
        for bad in [
            "",
            "null",
            "https://localhost:4400",
            "http://evil.example:4400",
            "http://localhost:4400/",
        ] {
            assert!(!ours.allow_origin(bad), "{bad}");
        }
    }
}
