namespace MarginalConditional.Meta.Pooling;

/// <summary>The classical tests over 2×2 tables.</summary>
/// <param name="Association">Cochran's and Mantel and Haenszel's χ² of no association in any table, without correction, 1 df.</param>
/// <param name="AssociationPValue">Its upper tail.</param>
/// <param name="BreslowDay">Breslow and Day's χ² that all tables have one odds ratio; null where the effect is none.</param>
/// <param name="Tarone">The same with Tarone's (1985) correction, which makes it a χ² for the Mantel–Haenszel estimate too.</param>
/// <param name="HomogeneityDegrees">Degrees of freedom of both: tables with an event and a non-event, less 1.</param>
/// <param name="TaronePValue">The upper tail of <paramref name="Tarone"/>.</param>
public sealed record StratifiedTests(
    double Association,
    double AssociationPValue,
    double? BreslowDay,
    double? Tarone,
    int HomogeneityDegrees,
    double? TaronePValue);
