//! Addresses of products and of what is decided about them.

/// Products.
pub(in crate::web) const PRODUCTS: &str = "/san-pham";
/// A product.
pub(in crate::web) const PRODUCT: &str = "/san-pham/{product}";
/// Changes what is known of a product.
pub(in crate::web) const EDIT_PRODUCT: &str = "/san-pham/{product}/sua";
/// Shows a photo with a product.
pub(in crate::web) const PRODUCT_PHOTO: &str = "/san-pham/{product}/anh";
/// Shows none with it any more.
pub(in crate::web) const REMOVE_PHOTO: &str = "/san-pham/{product}/bo-anh";
/// Suspends the recognition that a product stands by.
pub(in crate::web) const SUSPEND: &str = "/san-pham/{product}/dinh-chi";
/// Gives a product's right to the mark back.
pub(in crate::web) const REINSTATE: &str = "/san-pham/{product}/cho-phep-lai";
/// Revokes the recognition that a product stands by.
pub(in crate::web) const REVOKE: &str = "/san-pham/{product}/thu-hoi";
/// A decision about many products.
pub(in crate::web) const JUDGE: &str = "/xu-ly-san-pham";
/// What such a decision would do.
pub(in crate::web) const PREVIEW_JUDGEMENT: &str = "/xu-ly-san-pham/xem-truoc";
/// Enters the annex of a decision.
pub(in crate::web) const ANNEX: &str = "/nhap-quyet-dinh";
/// An annex to fill in.
pub(in crate::web) const ANNEX_TEMPLATE: &str = "/nhap-quyet-dinh/phu-luc-mau.xlsx";
