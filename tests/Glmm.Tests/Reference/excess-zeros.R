# Means of zero-inflated counts by glmmTMB and emmeans: predictions of rows at the modes of their groups, and means at random effects 0.
# Rscript excess-zeros.R   (reads mixtures.csv, writes excess-zeros.json beside itself)
suppressMessages({library(glmmTMB); library(emmeans); library(jsonlite)})
d <- read.csv("mixtures.csv"); d$g <- factor(d$g); d$item <- factor(d$item)
rows <- data.frame(arm = c("A", "B", "A", "B"), x = c(-0.5, 0.3, 1, 0), g = c("1", "2", NA, NA), item = c("3", NA, "5", NA))
ctl <- glmmTMBControl(optCtrl = list(rel.tol = 1e-15, x.tol = 1e-14, iter.max = 2000, eval.max = 2000))
grid <- data.frame(arm = c("A", "B"), x = mean(d$x), g = NA, item = NA)
out <- function(formula, zi, family) {
  again <- function(start) suppressWarnings(eval(bquote(glmmTMB(.(formula), .(zi), family = .(family), data = d, control = ctl, start = .(start)))))
  f <- again(NULL); f <- again(split(unname(f$fit$par), names(f$fit$par)))
  own <- predict(f, newdata = rows, type = "response", se.fit = TRUE, allow.new.levels = TRUE)
  mean <- predict(f, newdata = grid, type = "response", se.fit = TRUE, re.form = NA)
  link <- as.data.frame(emmeans(f, ~arm)); pair <- as.data.frame(confint(pairs(emmeans(f, ~arm))))
  list(logLik = as.numeric(logLik(f)), fit = unname(own$fit), se = unname(own$se.fit), response = unname(mean$fit),
    responseSe = unname(mean$se.fit), link = link$emmean, linkSe = link$SE, difference = pair$estimate, differenceSe = pair$SE)
}
write(toJSON(list(software = paste0("R ", getRversion(), ", glmmTMB ", packageVersion("glmmTMB"), ", emmeans ", packageVersion("emmeans")),
  poisson_constant = out(number ~ arm + x + (1 | g), ~1, "poisson"),
  poisson_formula = out(number ~ arm + x + (1 | g), ~x + arm, "poisson"),
  negative_formula = out(count ~ arm + x + (1 | g), ~x + arm, "nbinom2"),
  poisson_crossed = out(number ~ arm + x + (1 | g) + (1 | item), ~x + arm, "poisson")),
  auto_unbox = TRUE, digits = 15, pretty = TRUE), "excess-zeros.json")
