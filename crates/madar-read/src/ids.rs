//! Indexes into the lists of one [`Reading`](crate::Reading).

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// # Panics
            /// If a reading holds more than 2³² items; texts are smaller than that.
            pub fn new(at: usize) -> Self {
                Self(u32::try_from(at).expect("texts are below 4 GiB"))
            }

            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(/// A mention.
    MentionId);
index!(/// A time expression.
    TimeId);
index!(/// An amount.
    AmountId);
index!(/// An attribution.
    AttributionId);
index!(/// A referent.
    ReferentId);
