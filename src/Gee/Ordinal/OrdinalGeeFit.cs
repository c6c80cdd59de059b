using MarginalConditional.Data.Frames;

namespace MarginalConditional.Gee.Ordinal;

/// <summary>A fitted marginal model of ordered outcomes.</summary>
/// <remarks>
/// The fit of the indicators has everything that any GEE fit has: coefficients (thresholds first), scores and informations of the clusters,
/// covariances, tests. Its frame has J rows an outcome; the clusters are the same.
/// </remarks>
public sealed class OrdinalGeeFit
{
    internal OrdinalGeeFit(ModelFrame frame, OrdinalGeeOptions options, GeeFit indicators)
    {
        Frame = frame;
        Options = options;
        Indicators = indicators;
    }

    /// <summary>The outcomes fitted, one row each.</summary>
    public ModelFrame Frame { get; }

    /// <summary>The categories in their order, J + 1 names.</summary>
    public IReadOnlyList<string> Categories => Frame.Categories;

    /// <summary>What was fitted and how.</summary>
    public OrdinalGeeOptions Options { get; }

    /// <summary>The fit of the indicators 1(Y ≤ k): θ̂ and β̂ with all that inference needs.</summary>
    public GeeFit Indicators { get; }

    /// <summary>θ̂, J ascending values (link scale).</summary>
    public ReadOnlySpan<double> Thresholds => Indicators.Coefficients[..(Categories.Count - 1)];

    /// <summary>β̂ (link scale), positive where a column raises the outcome; J values for a column without proportional odds.</summary>
    public ReadOnlySpan<double> Slopes => Indicators.Coefficients[(Categories.Count - 1)..];

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() =>
        $"Ordinal GEE of {Frame.ResponseName}: {Categories.Count} categories; {Frame}; {Indicators.Convergence}";
}
