# The table of Lesaffre and Spiessens (2001) on the planned months, each fit iterated to the end.
# Adaptive rows: lme4 with tolPwrss = 1e-13 and bobyqa to 1e-10; its log-likelihood for nAGQ > 1 lacks the saturated part, 0 for single outcomes.
# Ordinary rows: the rule written out, nlminb from several starts, the highest hill.
# Rscript toenail.R ../../reference/data > toenail.json
suppressMessages({library(lme4); library(jsonlite)})
d <- read.csv(file.path(commandArgs(TRUE)[1], "toenail.csv"))
ctl <- function(opt, ...) glmerControl(optimizer = opt, tolPwrss = 1e-13, optCtrl = list(...), check.conv.grad = "ignore", check.conv.hess = "ignore")
adaptive <- function(nodes) {
  f <- glmer(y ~ treatment * month + (1 | patientID), d, binomial, nAGQ = nodes, control = ctl("nloptwrap", ftol_abs = 1e-13, xtol_abs = 1e-11, maxeval = 200000))
  f <- glmer(y ~ treatment * month + (1 | patientID), d, binomial, nAGQ = nodes, start = list(theta = getME(f, "theta"), fixef = fixef(f)),
    control = ctl("bobyqa", rhobeg = 1e-3, rhoend = 1e-10, maxfun = 200000))
  list(coefficients = unname(fixef(f)), sd = unname(getME(f, "theta")), deviance = -2 * as.numeric(logLik(f)))
}
rule <- function(n) {
  e <- eigen({j <- matrix(0, n, n); i <- seq_len(n - 1); j[cbind(i, i + 1)] <- j[cbind(i + 1, i)] <- sqrt(i); j}, symmetric = TRUE)
  list(z = e$values, w = e$vectors[1, ]^2)
}
x <- model.matrix(~ treatment * month, d); id <- match(d$patientID, unique(d$patientID))
ordinary <- function(nodes, guide) {
  r <- rule(nodes)
  terms <- function(p) {
    eta <- drop(x %*% p[1:4]) + outer(rep(1, nrow(x)), p[5] * r$z)
    l <- rowsum(d$y * eta - pmax(eta, 0) - log1p(exp(-abs(eta))), id)
    sweep(l, 2, log(r$w), "+")
  }
  value <- function(p) { l <- terms(p); top <- apply(l, 1, max); -sum(top + log(rowSums(exp(l - top)))) }
  slope <- function(p) {
    l <- terms(p); q <- exp(l - apply(l, 1, max)); q <- q / rowSums(q)
    residual <- d$y - plogis(drop(x %*% p[1:4]) + outer(rep(1, nrow(x)), p[5] * r$z))
    weighted <- residual * q[id, ]
    -c(colSums(x * rowSums(weighted)), sum(weighted %*% r$z))
  }
  best <- NULL
  for (s in c(0.7, 0.85, 1, 1.1, 1.25, 1.5)) {
    f <- nlminb(c(guide$coefficients, s * guide$sd), value, slope, control = list(rel.tol = 1e-15, x.tol = 1e-12, iter.max = 5000, eval.max = 5000))
    if (is.null(best) || f$objective < best$objective) best <- f
  }
  list(coefficients = best$par[1:4], sd = abs(best$par[5]), deviance = 2 * best$objective)
}
rows <- lapply(c("1" = 1, "5" = 5, "10" = 10, "20" = 20, "50" = 50), adaptive)
cat(toJSON(list(software = paste("R", getRversion(), ", lme4", packageVersion("lme4"), ", tolPwrss = 1e-13"), adaptive = rows,
  ordinary = lapply(c("10" = 10, "20" = 20, "50" = 50), ordinary, guide = rows[["20"]])), auto_unbox = TRUE, digits = 12, pretty = TRUE), "\n")
