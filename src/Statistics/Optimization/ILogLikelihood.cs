namespace MarginalConditional.Statistics.Optimization;

/// <summary>A log-likelihood for Newton's method to climb.</summary>
public interface ILogLikelihood
{
    /// <summary>m, the number of its parameters.</summary>
    int Parameters { get; }

    /// <summary>ℓ, not a number outside the domain, and its gradient.</summary>
    /// <param name="parameters">m values.</param>
    /// <param name="gradient">Receives m values.</param>
    double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>Fills the information −∂²ℓ, or what serves for it, at the point that was accepted last.</summary>
    /// <param name="parameters">The point, m values.</param>
    /// <param name="gradient">The gradient there.</param>
    /// <param name="information">Holds that of the iteration before (0 at first); receives m×m, both triangles.</param>
    void FillInformation(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> information);
}
