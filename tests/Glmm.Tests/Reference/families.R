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
cat(toJSON(list(software = paste("R", getRversion(), ", glmmTMB", packageVersion("glmmTMB")),
  probit = out(probit), cloglog = out(cloglog), poisson = out(poisson), negative_binomial = out(negative, 1 / sigma(negative)),
  gamma = out(gamma, sigma(gamma)^2), gamma_independent_slopes = c(out(slopes, sigma(slopes)^2), list(slope_sd = sqrt(unname(VarCorr(slopes)$cond$id.1[1]))))),
  auto_unbox = TRUE, digits = 15, pretty = TRUE), "\n")
