test_that("columns are what they are in R", {
  data <- data.frame(
    site = c("01", "02", NA), flag = c(TRUE, NA, FALSE), x = c(0.1, NA, 1e-300), n = 1:3,
    day = as.Date(c("2024-02-29", NA, "2024-03-01")), arm = factor(c("B", "A", "NA"), levels = c("B", "unused", "A", "NA")))
  attr(data$x, "label") <- "A \"number\""
  body <- jsonlite::fromJSON(margcond:::encode(data), simplifyVector = FALSE)$json
  expect_equal(vapply(body$columns, `[[`, "", "dataType"), c("string", "string", "double", "double", "date", "string"))
  expect_equal(body$columns[[3]]$label, "A \"number\"")
  expect_equal(body$rows[[1]], list("01", "TRUE", 0.1, 1L, "2024-02-29", "B"))
  expect_equal(body$rows[[2]], list("02", NULL, NULL, 2L, NULL, "A"))
  expect_identical(body$rows[[3]][[3]], 1e-300)
  expect_equal(body$records, 3L)
  words <- margcond:::order_words(data, c("arm", "site", "x"), character())
  expect_equal(words, c("--order", "site=01,02", "--order", "arm=B,A,NA"))
})

test_that("numbers keep all their bits", {
  x <- c(pi, 1 / 3, 0.1 + 0.2, .Machine$double.xmin, 123456789.123456789)
  body <- jsonlite::fromJSON(margcond:::encode(data.frame(x = x)), simplifyVector = FALSE)$json
  expect_identical(vapply(body$rows, `[[`, 0, 1), x)
})

test_that("what no table holds is refused", {
  expect_error(margcond:::encode(data.frame(x = Inf)), "infinite")
  expect_error(margcond:::encode(data.frame(x = I(list(1)))), "neither number")
  expect_error(margcond:::encode(1:3), "data frame")
  expect_error(margcond:::order_words(data.frame(x = c(" a", "b")), "x", character()), "blanks")
})

test_that("options become words", {
  expect_equal(
    margcond:::option_words(list(corr = "ar1", bias_reduction = "firth", strict = TRUE, ml = FALSE, level = 0.9,
      reference = list(arm = "A"), se = c("robust", "model"), wave = NULL)),
    c("--corr", "ar1", "--bias-reduction", "firth", "--strict", "--level", "0.90000000000000002", "--reference", "arm=A",
      "--se", "robust", "--se", "model"))
  expect_equal(margcond:::modelled("y ~ arm + (time | site/id)", list(wave = "visit")), c("y", "arm", "time", "visit"))
})

test_that("rows of objects become columns", {
  rows <- margcond:::rows_of(list(list(a = 1, b = NULL, c = list(d = "x"), e = list()), list(a = 2, b = "y")))
  expect_equal(rows$a, c(1, 2))
  expect_equal(rows$b, c(NA, "y"))
  expect_equal(rows$c.d, c("x", NA))
})
