namespace MarginalConditional.Glmm.Linear.Optimization;

/// <summary>A smooth function to be minimized.</summary>
internal interface IObjective
{
    /// <summary>The number of its arguments.</summary>
    int Parameters { get; }

    /// <summary>Its value, infinite outside the domain, and its gradient.</summary>
    double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient);
}
