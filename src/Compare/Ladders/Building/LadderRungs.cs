namespace MarginalConditional.Compare.Ladders.Building;

/// <summary>The rungs of a trial by cluster, by number: see <see cref="LadderRung.Rung"/>.</summary>
internal static class LadderRungs
{
    /// <summary>The lowest rung.</summary>
    public const int Last = 4;

    /// <summary>What a rung is called.</summary>
    public static string Name(int rung) => rung switch
    {
        0 => "conditional on cluster and covariates",
        1 => "averaged over clusters, conditional on covariates",
        2 => "unconditional, by the model",
        3 => "unconditional, whatever the model",
        _ => "unconditional, the other weighting",
    };
}
