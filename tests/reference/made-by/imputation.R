# Numbers of tests/Imputation.Tests and tests/Cli.Tests/Imputed that stand in no case:
# R 4.2.2, mice 3.15.0, mitml 0.4.4, geepack 1.3.9, lme4 1.1.31, emmeans 1.8.4.1.
library(mice); library(mitml); library(geepack); library(lme4); library(emmeans)
emm_options(lmer.df = "asymptotic")
show <- function(...) cat(sprintf("%.12g", unlist(list(...))), "\n")

d <- read.csv("tests/reference/data/imputed_long.csv", check.names = FALSE)
sets <- lapply(1:5, function(l) subset(d, .imp == l))

# JointPoolGolden: D1 and D2 of arm and x by GEE.
gee <- lapply(sets, function(s) geeglm(y ~ arm + x, id = id, data = s, family = binomial, corstr = "exchangeable"))
q <- sapply(gee, coef)[2:3, ]
u <- sapply(gee, vcov, simplify = "array")[2:3, 2:3, ]
D1 <- getFromNamespace(".D1", "mitml"); D2 <- getFromNamespace(".D2", "mitml")
for (df in list(NULL, 27, 177)) show(D1(q, u, df))
show(D1(q[, 1:2], u[, , 1:2], NULL))
show(D2(sapply(1:5, function(l) t(q[, l]) %*% solve(u[, , l]) %*% q[, l]), 2))
show(pool.scalar(q[1, ], u[1, 1, ], n = 30, k = 3)[c("qbar", "b", "t", "df", "fmi")])

# ImputationGolden: D1 of three coefficients under independence.
three <- lapply(sets, function(s) geeglm(y ~ arm * x, id = id, data = s, family = binomial, corstr = "independence"))
show(D1(sapply(three, coef)[2:4, ], sapply(three, vcov, simplify = "array")[2:4, 2:4, ], NULL))

# GLMM by 15 nodes; complete-data degrees of freedom N - p - 1 = 176.
glmm <- lapply(sets, function(s) glmer(y ~ arm + x + (1 | id), data = s, family = binomial, nAGQ = 15,
                                       control = glmerControl(optimizer = "bobyqa", tolPwrss = 1e-12)))
for (k in 1:3) {
  r <- pool.scalar(sapply(glmm, function(f) fixef(f)[k]), sapply(glmm, function(f) vcov(f)[k, k]), n = 177, k = 1)
  show(r$qbar, sqrt(r$t), r$df, r$fmi)
}

# LMM: variances as mitml pools them, means by emmeans, the population's mean of a new row.
lmm <- lapply(sets, function(s) lmer(yc ~ factor(arm) + x + (1 | id), data = s))
print(testEstimates(lmm, extra.pars = TRUE)$extra.pars, digits = 12)
pooled <- function(q, u) { r <- pool.scalar(q, u, n = Inf); show(r$qbar, sqrt(r$t), r$df, r$fmi) }
means <- lapply(lmm, function(f) as.data.frame(emmeans(f, "arm")))
pairs <- lapply(lmm, function(f) as.data.frame(pairs(emmeans(f, "arm"))))
for (k in 1:2) pooled(sapply(means, function(m) m$emmean[k]), sapply(means, function(m) m$SE[k]^2))
pooled(sapply(pairs, function(p) p$estimate), sapply(pairs, function(p) p$SE^2))
row <- c(1, 1, .5)
pooled(sapply(lmm, function(f) sum(fixef(f) * row)), sapply(lmm, function(f) as.numeric(t(row) %*% as.matrix(vcov(f)) %*% row)))
