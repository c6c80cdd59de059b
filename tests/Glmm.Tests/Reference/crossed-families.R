# Crossed effects of several families and shapes by glmmTMB's Laplace approximation, each climbed a second time from where it stopped, and
# profile intervals of one of them. Rscript crossed-families.R   (writes crossed-families.csv and crossed-families.json beside itself)
suppressMessages({library(glmmTMB); library(jsonlite)})
set.seed(11)
n <- 600; s <- rep(1:30, each = 20); i <- rep(1:20, 30); site <- (s - 1) %/% 6 + 1
x <- round(rnorm(n), 3); w <- sample(1:3, n, TRUE); e <- round(runif(n, .5, 2), 2)
us <- rnorm(30, 0, .7); vs <- rnorm(30, 0, .4); ui <- rnorm(20, 0, .5); ut <- rnorm(5, 0, .5)
eta <- -.2 + .4 * x + us[s] + vs[s] * x + ui[i] + ut[site]
d <- data.frame(s = paste0("s", s), i = paste0("i", i), site = paste0("t", site), x = x, w = w, e = e, b = rbinom(n, 1, plogis(eta)),
  k = rbinom(n, 5, plogis(eta)), count = rpois(n, exp(eta) * e), nb = rnbinom(n, mu = exp(eta), size = 2), g = round(eta + rnorm(n), 3),
  ga = round(rgamma(n, shape = 3, scale = exp(eta) / 3) + 1e-3, 4))
write.csv(d, "crossed-families.csv", row.names = FALSE, quote = FALSE)
ctl <- glmmTMBControl(optCtrl = list(rel.tol = 1e-15, x.tol = 1e-14, iter.max = 2000, eval.max = 2000))
fit <- function(...) {
  f <- suppressWarnings(glmmTMB(..., data = d, control = ctl)); p <- split(unname(f$fit$par), names(f$fit$par))
  f <- suppressWarnings(glmmTMB(..., data = d, control = ctl, start = p))
  list(logLik = as.numeric(logLik(f)), coefficients = as.list(fixef(f)$cond), se = as.list(suppressWarnings(sqrt(diag(vcov(f)$cond)))),
    sd = lapply(VarCorr(f)$cond, function(m) unname(attr(m, "stddev"))))
}
two <- ~ x + (1 | s) + (1 | i)
with <- function(outcome, right = two) as.formula(paste(outcome, paste(deparse(right), collapse = " ")))
profiled <- glmmTMB(with("b"), d, family = binomial)
theta <- exp(suppressWarnings(confint(profiled, parm = "theta_", method = "profile")))
write(toJSON(list(software = paste0("R ", getRversion(), ", glmmTMB ", packageVersion("glmmTMB")),
  logit = fit(with("b"), family = binomial), probit = fit(with("b"), family = binomial("probit")),
  cloglog = fit(with("b"), family = binomial("cloglog")), events = fit(with("cbind(k, 5 - k)"), family = binomial),
  poisson = fit(count ~ x + offset(log(e)) + (1 | s) + (1 | i), family = poisson), negative = fit(with("nb"), family = nbinom2),
  gamma = fit(with("ga"), family = Gamma("log")), gaussian = fit(with("g"), family = gaussian),
  slopes = fit(with("b", ~ x + (1 + x | s) + (1 | i)), family = binomial),
  uncorrelated = fit(with("b", ~ x + (1 | s) + (0 + x | s) + (1 | i)), family = binomial),
  both_slopes = fit(with("nb", ~ x + (1 + x | s) + (1 + x | i)), family = nbinom2),
  nested = fit(with("b", ~ x + (1 | site / s) + (1 | i)), family = binomial),
  weighted = fit(with("b"), family = binomial, weights = w),
  weighted_gamma = fit(with("ga", ~ x + (1 | s) + (0 + x | s) + (1 | i)), family = Gamma("log"), weights = w),
  profile = list(s = unname(theta[1, ]), i = unname(theta[2, ]), x = unname(confint(profiled, method = "profile", parm = "beta_")["x", ]))),
  auto_unbox = TRUE, digits = 15, pretty = TRUE), "crossed-families.json")
