//! Addresses of producers and of what is entered for them.

/// Producers; for a producer's people, their own.
pub(in crate::web) const PRODUCERS: &str = "/chu-the";
/// A new producer.
pub(in crate::web) const NEW_PRODUCER: &str = "/chu-the/moi";
/// A producer.
pub(in crate::web) const PRODUCER: &str = "/chu-the/{producer}";
/// Changes what is known of a producer.
pub(in crate::web) const EDIT_PRODUCER: &str = "/chu-the/{producer}/sua";
/// A new product of a producer.
pub(in crate::web) const NEW_PRODUCT: &str = "/chu-the/{producer}/san-pham-moi";
