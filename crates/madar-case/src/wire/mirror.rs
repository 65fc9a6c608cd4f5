//! One macro that gives a domain type its wire form: a struct or enum of the same shape that knows
//! serde, and the conversions both ways. A field that is added to the domain type and forgotten
//! here does not compile.

use smallvec::SmallVec;

/// What can be written into a case and read back.
pub(crate) trait Mirror: Sized {
    type Wire;
    fn wire(&self) -> Self::Wire;
    fn unwire(wire: Self::Wire) -> Self;
}

impl<T: Mirror> Mirror for Vec<T> {
    type Wire = Vec<T::Wire>;
    fn wire(&self) -> Self::Wire {
        self.iter().map(Mirror::wire).collect()
    }
    fn unwire(wire: Self::Wire) -> Self {
        wire.into_iter().map(T::unwire).collect()
    }
}

impl<T: Mirror, const N: usize> Mirror for SmallVec<[T; N]> {
    type Wire = SmallVec<[T::Wire; N]>;
    fn wire(&self) -> Self::Wire {
        self.iter().map(Mirror::wire).collect()
    }
    fn unwire(wire: Self::Wire) -> Self {
        wire.into_iter().map(T::unwire).collect()
    }
}

impl<T: Mirror> Mirror for Option<T> {
    type Wire = Option<T::Wire>;
    fn wire(&self) -> Self::Wire {
        self.as_ref().map(Mirror::wire)
    }
    fn unwire(wire: Self::Wire) -> Self {
        wire.map(T::unwire)
    }
}

impl<A: Mirror, B: Mirror> Mirror for (A, B) {
    type Wire = (A::Wire, B::Wire);
    fn wire(&self) -> Self::Wire {
        (self.0.wire(), self.1.wire())
    }
    fn unwire(wire: Self::Wire) -> Self {
        (A::unwire(wire.0), B::unwire(wire.1))
    }
}

macro_rules! plain {
    ($($plain:ty),*) => { $(
        impl Mirror for $plain {
            type Wire = $plain;
            fn wire(&self) -> $plain {
                self.clone()
            }
            fn unwire(wire: $plain) -> $plain {
                wire
            }
        }
    )* };
}
plain!(String, bool, u8, u16, u32, u64, i64);

/// `mirror_struct!(Name from path::Name { field: Type, … });`
macro_rules! mirror_struct {
    ($wire:ident from $domain:path { $($field:ident: $type:ty),* $(,)? }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(crate) struct $wire {
            $($field: <$type as Mirror>::Wire,)*
        }
        impl Mirror for $domain {
            type Wire = $wire;
            fn wire(&self) -> $wire {
                let $domain { $($field),* } = self;
                $wire { $($field: <$type as Mirror>::wire($field)),* }
            }
            fn unwire(wire: $wire) -> Self {
                let $wire { $($field),* } = wire;
                $domain { $($field: <$type as Mirror>::unwire($field)),* }
            }
        }
    };
}

/// `mirror_enum!(Name from path::Name { Plain, Holding(Type), … });`
macro_rules! mirror_enum {
    ($wire:ident from $domain:path { $($variant:ident $(($type:ty))?),* $(,)? }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(crate) enum $wire {
            $($variant $((<$type as Mirror>::Wire))?,)*
        }
        impl Mirror for $domain {
            type Wire = $wire;
            fn wire(&self) -> $wire {
                use $domain as D;
                match self {
                    $(mirror_enum!(@pattern D $variant held $($type)?) =>
                        mirror_enum!(@wire $wire $variant held $($type)?),)*
                }
            }
            fn unwire(wire: $wire) -> Self {
                use $domain as D;
                match wire {
                    $(mirror_enum!(@pattern $wire $variant held $($type)?) =>
                        mirror_enum!(@unwire D $variant held $($type)?),)*
                }
            }
        }
    };
    (@pattern $of:ident $variant:ident $held:ident) => { $of::$variant };
    (@pattern $of:ident $variant:ident $held:ident $type:ty) => { $of::$variant($held) };
    (@wire $of:ident $variant:ident $held:ident) => { $of::$variant };
    (@wire $of:ident $variant:ident $held:ident $type:ty) => {
        $of::$variant(<$type as Mirror>::wire($held))
    };
    (@unwire $of:ident $variant:ident $held:ident) => { $of::$variant };
    (@unwire $of:ident $variant:ident $held:ident $type:ty) => {
        $of::$variant(<$type as Mirror>::unwire($held))
    };
}

/// Newtypes around a number are that number on the wire.
macro_rules! mirror_newtype {
    ($($domain:path as $plain:ty),* $(,)?) => { $(
        impl Mirror for $domain {
            type Wire = $plain;
            fn wire(&self) -> $plain {
                self.0
            }
            fn unwire(wire: $plain) -> Self {
                $domain(wire)
            }
        }
    )* };
}

pub(super) use {mirror_enum, mirror_newtype, mirror_struct};
