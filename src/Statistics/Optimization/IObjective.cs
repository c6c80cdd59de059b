namespace MarginalConditional.Statistics.Optimization;

/// <summary>A smooth function to be minimized, of arguments whose ordinary size is one.</summary>
public interface IObjective
{
    /// <summary>The number of its arguments.</summary>
    int Parameters { get; }

    /// <summary>Its value, infinite outside the domain, and its gradient.</summary>
    double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient);

    /// <summary>Fills an approximate, positive definite Hessian when a cheap one is known.</summary>
    /// <returns>False, the default, when the Hessian has to be differenced.</returns>
    bool TryFillHessian(ReadOnlySpan<double> theta, Span<double> hessian) => false;
}
