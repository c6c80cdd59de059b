namespace MarginalConditional.Glmm.Linear.Optimization;

/// <summary>A smooth function to be minimized.</summary>
internal interface IObjective
{
    /// <summary>The number of its arguments.</summary>
    int Parameters { get; }

    /// <summary>Its value, infinite outside the domain, and its gradient.</summary>
    double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient);

    /// <summary>The size of an argument of ordinary effect, for difference steps.</summary>
    double TypicalSize(int parameter);

    /// <summary>Fills an approximate, positive definite Hessian when a cheap one is known.</summary>
    /// <returns>False when the Hessian has to be differenced.</returns>
    bool TryFillHessian(ReadOnlySpan<double> theta, Span<double> hessian);
}
