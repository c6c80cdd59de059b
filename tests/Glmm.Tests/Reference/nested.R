# Nested models: glmer's Laplace with its least squares iterated to convergence, and lmer by maximum likelihood.
# Rscript nested.R ../../reference/data   (writes nested.csv and nested.json beside itself)
suppressMessages({library(lme4); library(jsonlite)})
dir <- commandArgs(TRUE)[1]
set.seed(20)
d <- expand.grid(row = 1:6, ward = 1:4, hospital = 1:15)
d$x <- round(rnorm(nrow(d)), 3)
d$unit <- (d$hospital - 1) * 4 + d$ward
d$team <- (d$unit - 1) * 2 + (d$row > 3) + 1
eta <- -0.3 + 0.7 * d$x + rnorm(15, 0, 0.9)[d$hospital] + rnorm(60, 0, 0.7)[d$unit] + rnorm(120, 0, 0.6)[d$team]
d$y <- rbinom(nrow(d), 1, plogis(eta)); d$count <- rpois(nrow(d), exp(0.5 * eta))
write.csv(d[, c("hospital", "ward", "team", "x", "y", "count")], "nested.csv", row.names = FALSE, quote = FALSE)
ctl <- function(opt, ...) glmerControl(optimizer = opt, tolPwrss = 1e-13, optCtrl = list(...), check.conv.grad = "ignore", check.conv.hess = "ignore")
fit <- function(formula, family) {
  f <- glmer(formula, d, family = family, control = ctl("nloptwrap", ftol_abs = 1e-13, xtol_abs = 1e-11, maxeval = 200000))
  glmer(formula, d, family = family, start = list(theta = getME(f, "theta"), fixef = fixef(f)), control = ctl("bobyqa", rhobeg = 1e-3, rhoend = 1e-10, maxfun = 200000))
}
out <- function(f) { v <- as.data.frame(VarCorr(f)); list(coefficients = as.list(fixef(f)), sd = setNames(as.list(v$sdcor), v$grp), logLik = as.numeric(logLik(f))) }
pastes <- read.csv(file.path(dir, "pastes.csv"))
linear <- lmer(strength ~ 1 + (1 | batch / cask), pastes, REML = FALSE, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
write(toJSON(list(software = paste("R", getRversion(), ", lme4", packageVersion("lme4"), ", tolPwrss = 1e-13"),
  binary_two_levels = out(fit(y ~ x + (1 | hospital / ward), binomial)),
  count_two_levels = out(fit(count ~ x + (1 | hospital / ward), poisson)),
  binary_three_levels = out(fit(y ~ x + (1 | hospital / ward / team), binomial)),
  linear_two_levels = out(linear)), auto_unbox = TRUE, digits = 15, pretty = TRUE), "nested.json")
