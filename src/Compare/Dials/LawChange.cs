using MarginalConditional.Glmm.Intercept;

namespace MarginalConditional.Compare.Dials;

/// <summary>What another law of the effects than the normal makes of one effect. Immutable.</summary>
/// <param name="Law">The law.</param>
/// <param name="LogLikelihood">The log-likelihood with it, less that with the normal.</param>
/// <param name="Point">The effect with it; a rung of the ladder, or the conditional coefficient as rung 0.</param>
/// <param name="Change">The change from the normal's, in standard errors of that.</param>
internal sealed record LawChange(InterceptLaw Law, double LogLikelihood, DialPoint Point, double Change);
