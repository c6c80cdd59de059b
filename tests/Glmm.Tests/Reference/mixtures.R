# Beta-binomial and zero-inflated mixed models by glmmTMB's Laplace approximation, each climbed a second time from where it stopped.
# Rscript mixtures.R   (writes mixtures.csv and mixtures.json beside itself)
suppressMessages({library(glmmTMB); library(jsonlite)})
set.seed(7)
d <- expand.grid(row = 1:5, g = 1:40); d$item <- rep(1:10, length.out = nrow(d)); d$arm <- ifelse(d$g %% 2 == 0, "B", "A")
d$x <- round(rnorm(nrow(d)), 3)
eta <- -0.4 + 0.6 * (d$arm == "B") + 0.5 * d$x + rnorm(40, 0, 0.8)[d$g] + rnorm(10, 0, 0.5)[d$item] + 0.4 * rnorm(40)[d$g] * d$x
d$trials <- sample(c(3:12, 30, 45), nrow(d), TRUE)
p <- plogis(eta); d$events <- rbinom(nrow(d), d$trials, rbeta(nrow(d), 6 * p, 6 * (1 - p)))
d$count <- rbinom(nrow(d), 1, plogis(0.8 - 0.9 * d$x)) * rnbinom(nrow(d), mu = exp(1 + eta), size = 2.5)
d$number <- rbinom(nrow(d), 1, plogis(0.8 - 0.9 * d$x)) * rpois(nrow(d), exp(1 + eta))
d$w <- sample(1:3, nrow(d), TRUE)
write.csv(d[, c("g", "item", "arm", "x", "trials", "events", "count", "number", "w")], "mixtures.csv", row.names = FALSE, quote = FALSE)
ctl <- glmmTMBControl(optCtrl = list(rel.tol = 1e-15, x.tol = 1e-14, iter.max = 2000, eval.max = 2000))
fit <- function(..., data = d) { f <- suppressWarnings(glmmTMB(..., data = data, control = ctl)); p <- split(unname(f$fit$par), names(f$fit$par)); suppressWarnings(glmmTMB(..., data = data, control = ctl, start = p)) }
out <- function(f) {
  v <- suppressWarnings(sqrt(diag(vcov(f, full = TRUE))))
  list(logLik = as.numeric(logLik(f)), coefficients = as.list(fixef(f)$cond), se = as.list(v[seq_along(fixef(f)$cond)]), inflation = as.list(fixef(f)$zi),
    inflationSe = as.list(v[grep("^zi~", names(v))]), sigma = sigma(f), sd = lapply(VarCorr(f)$cond, function(m) unname(attr(m, "stddev"))))
}
y <- cbind(events, trials - events) ~ arm + x
write(toJSON(list(software = paste0("R ", getRversion(), ", glmmTMB ", packageVersion("glmmTMB")),
  beta_logit = out(fit(update(y, . ~ . + (1 | g)), family = betabinomial)),
  beta_probit = out(fit(update(y, . ~ . + (1 | g)), family = betabinomial(link = "probit"))),
  beta_cloglog = out(fit(update(y, . ~ . + (1 | g)), family = betabinomial(link = "cloglog"))),
  beta_slopes = out(fit(update(y, . ~ . + (x | g)), family = betabinomial)),
  beta_crossed = out(fit(update(y, . ~ . + (1 | g) + (1 | item)), family = betabinomial)),
  poisson_constant = out(fit(number ~ arm + x + (1 | g), ziformula = ~1, family = poisson)),
  poisson_formula = out(fit(number ~ arm + x + (1 | g), ziformula = ~x, family = poisson)),
  poisson_crossed = out(fit(number ~ arm + x + (1 | g) + (1 | item), ziformula = ~x, family = poisson)),
  negative_constant = out(fit(count ~ arm + x + (1 | g), ziformula = ~1, family = nbinom2)),
  negative_formula = out(fit(count ~ arm + x + (1 | g), ziformula = ~x, family = nbinom2)),
  negative_crossed = out(fit(count ~ arm + x + (1 | g) + (1 | item), ziformula = ~x, family = nbinom2)),
  negative_weighted = out(fit(count ~ arm + x + (1 | g), ziformula = ~x, family = nbinom2, data = d[rep(seq_len(nrow(d)), d$w), ]))),
  auto_unbox = TRUE, digits = 15, pretty = TRUE), "mixtures.json")
