# lme4's logistic model with a random intercept, by adaptive quadrature.
source("margcond.R")
suppressPackageStartupMessages(library(lme4))
answer(paste("lme4", packageVersion("lme4")), function(request) {
  d <- request$data
  names(d)[names(d) %in% c("cluster", "id")] <- "id"
  names(d)[names(d) == request$model$effect] <- "arm"
  fit <- glmer(y ~ arm + (1 | id), d, binomial, nAGQ = 15)
  row <- summary(fit)$coefficients["arm", ]
  list(estimate = row[["Estimate"]], se = row[["Std. Error"]], converged = fit@optinfo$conv$opt == 0)
})
