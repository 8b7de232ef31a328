//! The page of a decision taken outside a meeting.

use serde::Serialize;

use super::frame::{Crumb, Frame, Link, Make, Name};
use super::item::{self, SectionBlock, Shown};
use super::rows;
use crate::model::*;
use crate::site::{Ids, Site};

#[derive(Serialize, Hash)]
pub struct DecisionView<'a> {
    pub page: Frame<'a>,
    pub title: &'a str,
    pub date: String,
    pub maker_kind: Option<&'a str>,
    pub maker_role: Option<&'a str>,
    pub maker: Option<Name>,
    pub body: Option<Link>,
    pub key: Option<bool>,
    pub call_in: Option<String>,
    pub effective: Option<String>,
    pub status: Option<&'a str>,
    pub reference: Option<&'a str>,
    pub issues: Vec<Link>,
    pub exempt: Option<&'a str>,
    pub sections: Vec<SectionBlock>,
}

pub fn view<'a>(site: &Site<'a>, id: DecisionId) -> DecisionView<'a> {
    let decision = &site.archive.decisions[id];
    let shown = Shown {
        ids: Ids::Bare,
        level: 2,
        longest: None,
    };
    let text = decision
        .sections
        .iter()
        .map(|s| s.text.text())
        .find(|t| !t.is_empty());
    let crumbs: Vec<Crumb> = decision
        .body
        .map(|b| rows::body(site, b).into())
        .into_iter()
        .collect();
    let page = Make {
        kind: "decision",
        section: "issues",
        title: decision.title.clone(),
        description: text.unwrap_or_else(|| decision.title.clone()),
        url: site.routes.decision(id),
        crumbs,
        changed: Some(decision.date),
    };
    DecisionView {
        page: page.frame(site, Some(&decision.source)),
        title: &decision.title,
        date: decision.date.to_string(),
        maker_kind: decision.maker_kind.as_deref(),
        maker_role: decision.maker_role.as_deref(),
        maker: decision
            .maker
            .as_ref()
            .map(|(id, name)| rows::person(site, *id, name)),
        body: decision.body.map(|b| rows::body(site, b)),
        key: decision.key,
        call_in: decision.call_in.map(|d| d.to_string()),
        effective: decision.effective.map(|d| d.to_string()),
        status: decision.status.as_deref(),
        reference: decision.reference.as_deref(),
        issues: decision.issues.iter().map(|i| rows::issue(site, *i)).collect(),
        exempt: decision.exempt.as_ref().map(|e| e.reason.as_str()),
        sections: item::sections(site, &decision.sections, &shown, None),
    }
}
