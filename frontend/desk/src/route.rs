//! The pages of an unlocked desk as fragments of the address. No id, number or name ever stands in one.

/// A page of the unlocked desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Route {
    /// The work list: home.
    #[default]
    Work,
    /// The table of dossiers.
    Dossiers,
    /// The dossier that is open; which one is known to the model only.
    Dossier,
    /// The form for a dossier by hand.
    New,
    /// The settings.
    Settings,
    /// Who can read and write what.
    Access,
    /// Who has access at all, and on which devices.
    People,
    /// Letting somebody in.
    Admit,
    /// Recovery sheets.
    Sheets,
    /// The table of subcategories.
    Classes,
    /// The figures of closed dossiers.
    Figures,
}

impl Route {
    /// Every page, in the order of the menu.
    pub(crate) const ALL: [Self; 11] = [
        Self::Work,
        Self::Dossiers,
        Self::Dossier,
        Self::New,
        Self::Settings,
        Self::Access,
        Self::People,
        Self::Admit,
        Self::Sheets,
        Self::Classes,
        Self::Figures,
    ];

    /// The fragment, with its `#`.
    pub(crate) const fn fragment(self) -> &'static str {
        match self {
            Self::Work => "#/werk",
            Self::Dossiers => "#/dossiers",
            Self::Dossier => "#/dossier",
            Self::New => "#/nieuw",
            Self::Settings => "#/instellingen",
            Self::Access => "#/toegang",
            Self::People => "#/mensen",
            Self::Admit => "#/toelaten",
            Self::Sheets => "#/herstel",
            Self::Classes => "#/indeling",
            Self::Figures => "#/cijfers",
        }
    }

    /// The page of a fragment; anything unknown is the work list.
    pub(crate) fn parse(fragment: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|route| route.fragment() == fragment)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_comes_back_from_its_fragment() {
        for route in Route::ALL {
            assert_eq!(Route::parse(route.fragment()), route);
        }
    }

    #[test]
    fn an_unknown_fragment_is_the_work_list() {
        assert_eq!(Route::parse("#/dossier/123"), Route::Work);
        assert_eq!(Route::parse(""), Route::Work);
    }
}
