# Profile-likelihood intervals. glmmTMB's Laplace likelihood, minimized with one parameter fixed, to 1e-9, for every parameter of models whose likelihood it shares with
# this program; lme4's confint(method = "profile"), interpolated by splines between the points of the profile, for the same and for nAGQ = 15.
# Rscript profiles.R ../../reference/data > profiles.json
suppressMessages({library(glmmTMB); library(lme4); library(jsonlite)})
dir <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(dir, paste0(name, ".csv")))
tight <- glmmTMBControl(optCtrl = list(rel.tol = 1e-14, x.tol = 1e-12, iter.max = 2000, eval.max = 4000))
half <- qchisq(0.95, 1) / 2
# The limits of internal parameter i: where the negative log-likelihood, minimized over the others, is half a chi-squared quantile above its least.
limits <- function(f, i, trans = identity) {
  obj <- f$obj; best <- f$fit$par; top <- obj$fn(best)
  error <- sqrt(f$sdr$cov.fixed[i, i])
  above <- function(v) {
    full <- function(p) append(p, v, i - 1)
    last <- nlminb(best[-i], function(p) obj$fn(full(p)), function(p) obj$gr(full(p))[-i], control = list(rel.tol = 1e-14, x.tol = 1e-12, iter.max = 2000, eval.max = 4000))
    last$objective - top - half
  }
  side <- function(direction) {
    step <- 2 * error
    while (above(best[i] + direction * step) < 0) step <- 1.5 * step
    uniroot(function(s) above(best[i] + direction * s), c(0.2 * error, step), tol = 1e-9)$root
  }
  trans(unname(best[i]) + c(-side(-1), side(1)))
}
correlation <- function(theta) theta / sqrt(1 + theta^2)
index <- function(f, name) which(names(f$fit$par) == name)
slopes <- glmmTMB(y ~ arm * t + (t | id), read("slope_count"), poisson, control = tight)
theta <- index(slopes, "theta")
uncorrelated <- glmmTMB(y ~ arm * t + diag(t | id), read("slope_count"), poisson, control = tight)
d <- read("unbalanced_shuffled")
negative <- glmmTMB(count ~ arm + x1 + offset(log(exposure)) + (1 | id), d, nbinom2, control = tight)
gamma <- glmmTMB(positive ~ arm + x1 + (1 | id), d, Gamma("log"), control = tight)
linear <- glmmTMB(Reaction ~ Days + (Days | Subject), read("sleepstudy"), gaussian, control = tight)
nested <- read.csv("nested.csv")
wards <- glmmTMB(y ~ x + (1 | hospital / ward), nested, binomial, control = tight)
tmb <- list(
  poisson_slopes = list(coefficients = lapply(1:4, function(i) limits(slopes, i)), sd0 = limits(slopes, theta[1], exp), sd1 = limits(slopes, theta[2], exp),
    correlation = limits(slopes, theta[3], correlation)),
  poisson_uncorrelated = list(sd0 = limits(uncorrelated, index(uncorrelated, "theta")[1], exp), sd1 = limits(uncorrelated, index(uncorrelated, "theta")[2], exp)),
  nested = list(coefficients = lapply(1:2, function(i) limits(wards, i)), ward = limits(wards, index(wards, "theta")[1], exp), hospital = limits(wards, index(wards, "theta")[2], exp)),
  negative_binomial = list(sd = limits(negative, index(negative, "theta"), exp), dispersion = rev(limits(negative, index(negative, "betad"), function(b) exp(-b)))),
  gamma = list(sd = limits(gamma, index(gamma, "theta"), exp), dispersion = rev(limits(gamma, index(gamma, "betad"), function(b) exp(-b)))),
  gaussian = list(sd0 = limits(linear, index(linear, "theta")[1], exp), sd1 = limits(linear, index(linear, "theta")[2], exp),
    correlation = limits(linear, index(linear, "theta")[3], correlation), residual = limits(linear, index(linear, "betad"), function(b) exp(b / 2))))
rows <- function(ci) setNames(lapply(seq_len(nrow(ci)), function(i) unname(ci[i, ])), rownames(ci))
ctl <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-13, optCtrl = list(rhoend = 1e-10, maxfun = 200000), check.conv.grad = "ignore", check.conv.hess = "ignore")
ohio <- glmer(resp ~ age + smoke + (1 | id), read("ohio"), binomial, nAGQ = 15, control = ctl)
lmer_fit <- lmer(Reaction ~ Days + (Days | Subject), read("sleepstudy"), REML = FALSE, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
peer <- list(
  ohio_15_nodes = rows(confint(ohio, method = "profile", quiet = TRUE, oldNames = FALSE)),
  sleepstudy_ml = rows(confint(lmer_fit, method = "profile", quiet = TRUE, oldNames = FALSE)))
cat(toJSON(list(software = paste("R", getRversion(), ", glmmTMB", packageVersion("glmmTMB"), ", lme4", packageVersion("lme4")), glmmTMB = tmb, lme4 = peer),
  auto_unbox = TRUE, digits = 12, pretty = TRUE), "\n")
