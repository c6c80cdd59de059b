# geepack as it is: rows of a cluster that do not lie together are taken for several clusters. With --sorted they are brought together.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "../../simulations/polyglot/margcond.R"))
suppressPackageStartupMessages(library(geepack))
sorted <- "--sorted" %in% commandArgs(TRUE)
answer(paste("geepack", packageVersion("geepack")), function(request) {
  d <- request$data
  d$id <- as.integer(factor(d$cluster, levels = unique(d$cluster)))
  if (sorted) d <- d[order(d$id, d$wave), ]
  fit <- geeglm(y ~ treatment, binomial, d, id = id, corstr = "exchangeable")
  row <- summary(fit)$coefficients["treatment", ]
  list(estimate = row[["Estimate"]], se = row[["Std.err"]], converged = fit$geese$error == 0)
})
