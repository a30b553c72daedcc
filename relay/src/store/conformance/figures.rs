//! Anonymous rows of the figures.

use super::MANY;
use crate::store::{Store, Write};

pub(crate) async fn figures_are_kept_once_and_in_order<S: Store>(store: S) {
    let mut newest = store.newest_change();
    newest.mark_unchanged();
    for row in [3, 1, 3, 2] {
        store.write(Write::Figure(vec![row; 9])).await.unwrap();
    }
    let page = store.figures(0, MANY).await.unwrap();
    let rows: Vec<_> = page
        .figures
        .iter()
        .map(|one| one.figure.as_slice())
        .collect();
    assert_eq!(rows, [[3; 9], [1; 9], [2; 9]]);
    assert!(page.complete);
    let first = page.figures.first().unwrap().number;
    let page = store.figures(first, 1).await.unwrap();
    assert_eq!(page.figures.first().unwrap().figure, [1; 9]);
    assert!(!page.complete);
    // Nobody is told when a row comes: it would say when a dossier was closed.
    assert!(!newest.has_changed().unwrap());
}
