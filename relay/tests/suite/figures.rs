//! Anonymous rows of the figures: any member of staff may put one, nobody is told, and the relay keeps no time.

use sluis_wire::api::{ChangesRead, Done, FigureList, FigurePut, Problem};
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::limits;

use crate::world::{World, device, staff, stranger};

fn row(n: u8) -> Vec<u8> {
    let body = vec![n; FrameType::Figure.max_body_len()];
    Frame::build(FrameType::Figure, &body).unwrap().to_bytes()
}

#[tokio::test]
async fn staff_put_rows_of_one_size_and_nothing_says_that_one_came() {
    let world = World::ready().await;
    let changes = ChangesRead { after: 0 };
    let before = world.send(&changes, Some(&staff())).await.unwrap();
    for n in [1, 2, 1] {
        let put = FigurePut { figure: row(n) };
        assert_eq!(world.send(&put, Some(&staff())).await, Ok(Done));
    }
    let list = FigureList { after: 0 };
    let page = world.send(&list, Some(&staff())).await.unwrap();
    let rows: Vec<Vec<u8>> = page.figures.into_iter().map(|one| one.figure).collect();
    assert_eq!(rows, [row(1), row(2)]);
    assert_eq!(rows[0].len(), limits::FIGURE);
    let after = world.send(&changes, Some(&staff())).await.unwrap();
    assert_eq!(
        (before.next, before.changes.len()),
        (after.next, after.changes.len())
    );
}

#[tokio::test]
async fn who_has_not_the_staff_capability_and_what_is_no_row_is_refused() {
    let world = World::ready().await;
    let put = FigurePut { figure: row(1) };
    for by in [None, Some(&stranger()), Some(&device())] {
        assert_eq!(world.send(&put, by).await, Err(Problem::Forbidden));
        let list = world.send(&FigureList { after: 0 }, by).await;
        assert_eq!(list.unwrap_err(), Problem::Forbidden);
    }
    let short = row(1)[..limits::FIGURE - 1].to_vec();
    for figure in [short, vec![], vec![7; limits::FIGURE]] {
        let refused = world.send(&FigurePut { figure }, Some(&staff())).await;
        assert_eq!(refused, Err(Problem::Malformed));
    }
    let list = world.send(&FigureList { after: 0 }, Some(&staff())).await;
    assert_eq!(list.unwrap().figures, []);
}
