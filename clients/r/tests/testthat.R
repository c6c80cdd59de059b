library(testthat)
library(margcond)

test_check("margcond")
