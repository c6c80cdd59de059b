# Writes design.csv and model-matrix.json: what R's model.matrix makes of formulas.
# Run in this folder: Rscript model-matrix.R
library(jsonlite)
set.seed(20261122)
n <- 18
d <- data.frame(
  y = rnorm(n),
  f = rep(c("a", "b", "c"), 6),
  g = rep(c("u", "v"), each = 9),
  k = rep(c(2, 5, 10), length.out = n)[c(2:n, 1)],
  x = round(rnorm(n, 3, 2), 3),
  z = round(rexp(n), 3) + 0.5)
write.csv(d, "design.csv", row.names = FALSE, quote = FALSE)
d <- read.csv("design.csv", stringsAsFactors = TRUE)
formulas <- c("y ~ f * x", "y ~ 0 + f", "y ~ f:x", "y ~ f:g", "y ~ f + f:g", "y ~ 0 + f:g", "y ~ x + f:x",
  "y ~ poly(x, 3) * f", "y ~ (f + g + x)^2", "y ~ f/g", "y ~ f/x - 1", "y ~ g * f - g", "y ~ I(x^2) + log(z) + exp(x / 10)",
  "y ~ x:z + z:f + x", "y ~ 0 + x + f", "y ~ 0 + x:f + g", "y ~ factor(k) * g", "y ~ f * g * x - f:g:x", "y ~ -1 + g:f + x",
  "y ~ poly(z, 1) + sqrt(z) + sin(x) + cos(x)", "y ~ (f + x)/g", "y ~ x:f:g + f")
cases <- lapply(formulas, function(text) {
  m <- model.matrix(as.formula(text), d)
  list(formula = text, names = colnames(m), values = unname(as.vector(m)), terms = attr(terms(as.formula(text)), "term.labels"))
})
write_json(list(source = paste("model.matrix of", R.version.string), cases = cases), "model-matrix.json", digits = I(17), auto_unbox = FALSE)
