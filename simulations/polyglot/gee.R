# geepack's GEE with exchangeable correlation and its robust standard error.
source("margcond.R")
suppressPackageStartupMessages(library(geepack))
answer(paste("geepack", packageVersion("geepack")), function(request) {
  d <- request$data
  names(d)[names(d) %in% c("cluster", "id")] <- "id"
  d$id <- as.integer(factor(d$id, levels = unique(d$id)))
  names(d)[names(d) == request$model$effect] <- "arm"
  fit <- geeglm(y ~ arm, binomial, d, id = id, corstr = "exchangeable")
  row <- summary(fit)$coefficients["arm", ]
  list(estimate = row[["Estimate"]], se = row[["Std.err"]], converged = fit$geese$error == 0)
})
