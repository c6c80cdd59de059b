# Laplace fits of glmmTMB, which solves the modes exactly, for families and links that lme4 lacks or approximates.
# Rscript families.R ../../reference/data > families.json
suppressMessages({library(glmmTMB); library(jsonlite)})
d <- read.csv(file.path(commandArgs(TRUE)[1], "unbalanced_shuffled.csv"))
tight <- glmmTMBControl(optCtrl = list(rel.tol = 1e-14, x.tol = 1e-12, iter.max = 1000, eval.max = 2000))
out <- function(f, dispersion = NULL) {
  list(coefficients = as.list(fixef(f)$cond), se = as.list(sqrt(diag(vcov(f)$cond))), sd = sqrt(unname(VarCorr(f)$cond$id[1])), logLik = as.numeric(logLik(f)), dispersion = dispersion)
}
probit <- glmmTMB(y ~ arm + x1 + wave + (1 | id), d, binomial("probit"), control = tight)
cloglog <- glmmTMB(y ~ arm + x1 + wave + (1 | id), d, binomial("cloglog"), control = tight)
poisson <- glmmTMB(count ~ arm + x1 + offset(log(exposure)) + (1 | id), d, poisson, control = tight)
negative <- glmmTMB(count ~ arm + x1 + offset(log(exposure)) + (1 | id), d, nbinom2, control = tight)
gamma <- glmmTMB(positive ~ arm + x1 + (1 | id), d, Gamma("log"), control = tight)
slopes <- glmmTMB(positive ~ arm + x1 + (1 | id) + (0 + x1 | id), d, Gamma("log"), control = tight)
# Links that are not the log: predictors must stay positive, so the effects are small and the starts near.
# glmmTMB's own standard errors difference the gradient with steps of 1e-3, half a per cent off where a predictor is near 0: steps of 1e-5 here.
errors <- function(f) {
  p <- f$fit$par; step <- 1e-5
  h <- sapply(seq_along(p), function(j) { e <- replace(numeric(length(p)), j, step); (f$obj$gr(p + e) - f$obj$gr(p - e)) / (2 * step) })
  setNames(as.list(sqrt(diag(solve((h + t(h)) / 2)))[seq_along(fixef(f)$cond)]), names(fixef(f)$cond))
}
near <- function(f, dispersion = NULL) { result <- out(f, dispersion); result$se <- errors(f); result }
positive <- function(f, family, start = NULL) glmmTMB(f, d, family, control = tight, start = start)
gamma_inverse <- positive(positive ~ arm + x1 + (1 | id), Gamma("inverse"), list(beta = c(0.7, 0, 0), theta = -2))
gamma_identity <- positive(positive ~ arm + x1 + (1 | id), Gamma("identity"), list(beta = c(2, 0, 0), theta = -2))
poisson_sqrt <- positive(count ~ arm + x1 + (1 | id), poisson("sqrt"), list(beta = c(1.5, 0, 0), theta = -2))
gaussian_log <- positive(positive ~ arm + x1 + (1 | id), gaussian("log"), list(beta = c(0.7, 0, 0), theta = -2))
negative_sqrt <- positive(count ~ arm + x1 + (1 | id), nbinom2("sqrt"), list(beta = c(1.5, 0, 0), theta = -2))
cat(toJSON(list(software = paste("R", getRversion(), ", glmmTMB", packageVersion("glmmTMB")),
  probit = out(probit), cloglog = out(cloglog), poisson = out(poisson), negative_binomial = out(negative, 1 / sigma(negative)),
  gamma = out(gamma, sigma(gamma)^2), gamma_independent_slopes = c(out(slopes, sigma(slopes)^2), list(slope_sd = sqrt(unname(VarCorr(slopes)$cond$id.1[1])))),
  gamma_inverse = near(gamma_inverse, sigma(gamma_inverse)^2), gamma_identity = near(gamma_identity, sigma(gamma_identity)^2), poisson_sqrt = near(poisson_sqrt),
  gaussian_log = near(gaussian_log, sigma(gaussian_log)^2), negative_sqrt = near(negative_sqrt, 1 / sigma(negative_sqrt))),
  auto_unbox = TRUE, digits = 15, pretty = TRUE), "\n")
