//! New conversations about which somebody has to decide.

use sluis_link::{Answer, Ask, DossierKey, Fault, Sorting, UnsortedView};

use super::toast::Words;
use super::{Effect, Model, Phase, Purpose};

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Unsorted {
    /// The conversations, whoever waits longest first.
    pub(crate) lines: Vec<UnsortedView>,
    /// The one that is about to be removed for good.
    pub(crate) removing: Option<DossierKey>,
}

/// What can be done about them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UnsortedMsg {
    /// Decide about one.
    Sort(DossierKey, Sorting),
    /// Ask whether one is to be removed for good, or not any more.
    Removing(Option<DossierKey>),
}

impl Unsorted {
    /// Those that wait, or those that were set aside.
    pub(crate) fn of(&self, aside: bool) -> impl Iterator<Item = &UnsortedView> {
        self.lines.iter().filter(move |line| line.aside == aside)
    }
}

/// Takes in one message.
#[inline(never)]
pub(super) fn update(model: &mut Model, msg: UnsortedMsg) -> Vec<Effect> {
    let Phase::Open(desk) = &mut model.phase else {
        return vec![];
    };
    match msg {
        UnsortedMsg::Removing(key) => {
            desk.unsorted.removing = key;
            match key {
                Some(_) => vec![Effect::Focus("unsorted-remove-do")],
                None => vec![],
            }
        }
        UnsortedMsg::Sort(key, sorting) => {
            desk.unsorted.removing = None;
            if model.asked(&Purpose::Sort(key)) {
                return vec![];
            }
            let (_, ask) = model.ask(Purpose::Sort(key), Ask::Sort(key, sorting));
            // The button that was pressed goes with its line.
            vec![ask, Effect::Focus("work-unsorted")]
        }
    }
}

/// Takes in the worker's word. What it changed comes as news.
#[inline(never)]
pub(super) fn answered(model: &mut Model, result: &Result<Answer, Fault>) -> Vec<Effect> {
    match result {
        Ok(_) => vec![],
        Err(fault) => model.toasts.show(Words::Failed(*fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{news, opened_with, sent};
    use crate::state::{Msg, update as turn};
    use sluis_link::News;

    fn line(number: u8, aside: bool) -> UnsortedView {
        UnsortedView {
            key: DossierKey([number; 16]),
            line: "Meldlijn".into(),
            hour: 3_600,
            busy: false,
            messages: 1,
            gist: "Hallo".into(),
            aside,
        }
    }

    #[test]
    fn one_click_asks_once_and_what_was_set_aside_stands_apart() {
        let mut model = opened_with(vec![]);
        let lines = vec![line(1, false), line(2, true)];
        turn(&mut model, news(News::Unsorted(lines)));
        let desk = model.desk();
        let count = |aside| desk.map(|desk| desk.unsorted.of(aside).count());
        assert_eq!((count(false), count(true)), (Some(1), Some(1)));
        let click = UnsortedMsg::Sort(DossierKey([1; 16]), Sorting::Make);
        let effects = turn(&mut model, Msg::Unsorted(click));
        assert_eq!(sent(&effects).count(), 1);
        assert!(turn(&mut model, Msg::Unsorted(click)).is_empty());
    }

    #[test]
    fn removing_for_good_takes_a_second_click() {
        let mut model = opened_with(vec![]);
        turn(&mut model, news(News::Unsorted(vec![line(2, true)])));
        let key = DossierKey([2; 16]);
        let effects = turn(&mut model, Msg::Unsorted(UnsortedMsg::Removing(Some(key))));
        assert_eq!(sent(&effects).count(), 0);
        let remove = UnsortedMsg::Sort(key, Sorting::Remove);
        let effects = turn(&mut model, Msg::Unsorted(remove));
        assert_eq!(sent(&effects).count(), 1);
    }
}
