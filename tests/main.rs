//! The features of Footnote, each tested through what its user touches: the built binary, real files, real sockets.
