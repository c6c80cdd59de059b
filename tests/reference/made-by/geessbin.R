# Numbers of tests/Gee.Tests/Fitting/BiasReductionGolden.cs: geessbin 1.0.2 (R 4.2.2), tolerances at 1e-12.
library(geessbin)
show <- function(file, formula, structure, method, errors) {
  d <- read.csv(file.path("..", "data", file))
  d$cluster <- d$id
  call <- substitute(
    geessbin(F, data = d, id = cluster, repeated = time, corstr = structure, beta.method = method, SE.method = errors,
             tol = 1e-12, maxitr = 500), list(F = formula))
  fit <- eval(call)
  cat(file, structure, method, errors, "\n", format(fit$coefficients, digits = 12), "\n",
      format(sqrt(diag(fit$covb)), digits = 12), "\n")
}
for (structure in c("independence", "exchangeable", "ar1")) {
  for (errors in c("SA", "MD", "KC", "MB")) {
    show("separated14.csv", y ~ arm + time, structure, "PGEE", errors)
    show("few_clusters12.csv", y ~ arm + time + x, structure, "PGEE", errors)
    show("few_clusters12.csv", y ~ arm + time + x, structure, "BCGEE", errors)
  }
}
