# Writes formula-functions.json: what R's model.matrix makes of splines, scales, limits, comparisons and levels, learned from the rows of
# design.csv and applied to them and, for splines and scales, to a row outside of their range.
# Run in this folder: Rscript formula-functions.R
library(splines)
library(jsonlite)
d <- read.csv("design.csv", stringsAsFactors = TRUE)
formulas <- c("y ~ ns(x, 3)", "y ~ ns(x, df = 4)", "y ~ ns(x, 1)", "y ~ ns(x, knots = c(2, 4.5))", "y ~ ns(z, 2) * f",
  "y ~ ns(x, 3, intercept = TRUE) - 1", "y ~ ns(x, df = 2, Boundary.knots = c(1, 5))", "y ~ bs(x, 4)", "y ~ bs(x, df = 6)", "y ~ bs(x)",
  "y ~ bs(x, knots = c(2, 4))", "y ~ bs(x, 4, degree = 2)", "y ~ bs(x, df = 5, intercept = TRUE) - 1", "y ~ bs(log(z), 5) + g",
  "y ~ bs(x, df = 5, Boundary.knots = c(0, 5))", "y ~ scale(x)", "y ~ scale(x, scale = FALSE) * f", "y ~ scale(x, center = FALSE)",
  "y ~ scale(log(z)) + g", "y ~ pmax(x - 2, 0)", "y ~ pmin(x, z, 3) + g", "y ~ I(x >= 3)", "y ~ I(x >= 3) * f", "y ~ I((x > 2) * x)",
  "y ~ I(k == 5) + x", "y ~ 0 + I(k != 5) + x", "y ~ x:I(z < 1)", "y ~ factor(k, levels = c(10, 2, 5))",
  "y ~ factor(f, levels = c(\"c\", \"a\", \"b\")) * x", "y ~ as.numeric(x > 3)", "y ~ I(f == \"b\") + x")
outside <- transform(d[1:2, ], x = c(-4, 12), z = c(.1, 9))
cases <- lapply(formulas, function(text) {
  frame <- model.frame(as.formula(text), d)
  m <- suppressWarnings(model.matrix(as.formula(text), frame))
  away <- suppressWarnings(model.matrix(delete.response(terms(frame)),
    model.frame(delete.response(terms(frame)), outside, xlev = .getXlevels(terms(frame), frame))))
  list(formula = text, names = colnames(m), values = unname(as.vector(m)), outside = unname(as.vector(away)))
})
write_json(list(source = paste("model.matrix of", R.version.string), cases = cases), "formula-functions.json", digits = I(17), auto_unbox = FALSE)
