//! What a comparison sees.
