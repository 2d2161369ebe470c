//! What lists are asked in their addresses, and their files.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, X_CONTENT_TYPE_OPTIONS};

use super::*;

async fn asked(house: &House, path: &str, token: &Token) -> (ServiceResponse<()>, String) {
    let response = house.get(path, token).await;
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let text = actix_web::body::to_bytes(body).await.unwrap();
    (ServiceResponse::new(request, head), String::from_utf8(text.to_vec()).unwrap())
}

#[actix_web::test]
async fn a_file_has_what_the_filters_show_and_nothing_of_anothers() {
    let house = house();
    for name in ["HTX Ổi", "HTX Ớt"] {
        producer(&house.state.store, name);
    }
    let (head, text) =
        asked(&house, "/san-pham?tim=htx&sap=-ten&tep=csv", &house.own[&Role::Officer]).await;
    let header = |name| head.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert!(header(CONTENT_DISPOSITION).starts_with("attachment; filename=\"san-pham-2026-"));
    assert_eq!(header(X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(header(CACHE_CONTROL), "no-store");
    let names: Vec<&str> = text.lines().skip(1).map(|it| it.split(',').next().unwrap()).collect();
    let all = ["Chè của HTX Súng", "Chè của HTX Sen", "Chè của HTX Ớt", "Chè của HTX Ổi"];
    assert_eq!(names, all, "the Vietnamese alphabet, backwards");
    let (_, found) = asked(&house, "/san-pham?tim=oi&tep=csv", &house.own[&Role::Officer]).await;
    assert_eq!(found.lines().count(), 2, "{found}");
    let (_, own) = asked(&house, "/san-pham?tep=csv", &house.own[&Role::Producer]).await;
    assert_eq!(own.lines().count(), 2, "{own}");
    assert!(own.contains("Chè của HTX Sen"), "{own}");
}

#[actix_web::test]
async fn a_list_says_how_it_is_sorted_and_keeps_its_filters() {
    let house = house();
    let officer = &house.own[&Role::Officer];
    let (_, page) = asked(&house, "/san-pham?tim=sen&sap=-ten", officer).await;
    assert!(page.contains("aria-sort=\"descending\""), "{page}");
    assert!(page.contains("href=\"?tim=sen&#38;sap=ten\""), "{page}");
    assert!(page.contains("name=\"sap\" value=\"-ten\""), "{page}");
    let (_, odd) = asked(&house, "/san-pham?sap=%22%3E", officer).await;
    assert!(odd.contains("aria-sort=\"ascending\""), "{odd}");
}

#[actix_web::test]
async fn a_producers_page_leads_to_lists_of_its_own_with_as_many_lines_as_it_says() {
    let house = house();
    let officer = &house.own[&Role::Officer];
    let own = format!("chu_the={}", house.producer);
    let (_, shown) = asked(&house, &format!("/chu-the/{}", house.producer), officer).await;
    for (list, says, other) in [
        ("/don", "Đơn đề nghị của chủ thể: ", "chu_the=999"),
        ("/lo-tem", "Lô tem của chủ thể: ", "chu_the=999"),
    ] {
        let way = format!("href=\"{list}?{own}\">{says}");
        let (_, rest) = shown.split_once(&way).unwrap_or_else(|| panic!("{way}: {shown}"));
        let count: usize = rest.split('<').next().unwrap().parse().unwrap();
        let (_, file) = asked(&house, &format!("{list}?{own}&tep=csv"), officer).await;
        assert_eq!(file.lines().count(), count + 1, "{file}");
        assert!(count > 0 && !file.contains("HTX Súng"), "{file}");
        // What narrows the list stands there by its name, is kept when it is sorted, and can be dropped.
        let (_, page) = asked(&house, &format!("{list}?{own}"), officer).await;
        let chosen = format!("<option value=\"{}\" selected>HTX Sen</option>", house.producer);
        for said in [&*chosen, "Tất cả chủ thể", &format!("?{own}&#38;sap=")] {
            assert!(page.contains(said), "{said}: {page}");
        }
        let (_, none) = asked(&house, &format!("{list}?{other}&tep=csv"), officer).await;
        assert_eq!(none.lines().count(), 1, "{none}");
        let (_, any) = asked(&house, list, officer).await;
        assert!(!any.contains("name=\"chu_the\""), "{any}");
    }
}

#[actix_web::test]
async fn a_page_past_the_end_says_so_and_leads_back_to_the_last() {
    let house = house();
    let officer = &house.own[&Role::Officer];
    for list in ["/san-pham", "/chu-the", "/don", "/lo-tem", "/lo-san-xuat", "/kiem-tra"] {
        let path = format!("{list}?trang=9999999");
        let answer = house.get(&path, officer).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        let (_, page) = asked(&house, &path, officer).await;
        assert!(page.contains("Không có trang này."), "{path}: {page}");
        assert!(page.contains("href=\"?trang=1\""), "{path}: {page}");
    }
}
