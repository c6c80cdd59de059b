namespace MarginalConditional.Statistics.Optimization;

/// <summary>What steers a quasi-Newton search and decides where it ends.</summary>
public sealed record QuasiNewtonControl
{
    /// <summary>The search ends when one more step promises a decrease gᵀB⁻¹g below this, in units of the function.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The cap on steps, at least 1.</summary>
    public required int MaximumIterations { get; init; }

    /// <summary>With at most this many arguments the Hessian is differenced anew before convergence is declared. Default: 12.</summary>
    public int ExactHessianLimit { get; init; } = 12;

    /// <summary>
    /// After this many steps, or as many as there are arguments if these are more, the Hessian is found anew. Default: 10.
    /// </summary>
    /// <remarks>Where the function bends, or curves down, the updates describe places left behind, and the search would creep.</remarks>
    public int RenewalInterval { get; init; } = 10;

    /// <summary>
    /// Gradients that differenced Hessians may take; each further Hessian waits for as many steps as it takes gradients. Default: 500.
    /// </summary>
    /// <remarks>Where no maximum is near, each step would ask for a Hessian of its own.</remarks>
    public int DifferencedGradients { get; init; } = 500;

    /// <summary>The step of differences of the gradient, for an argument of size one. Default: 1e-4.</summary>
    public double DifferenceStep { get; init; } = 1e-4;

    /// <summary>The share of the decrease that the slope promises which a step has to reach (Armijo 1966). Default: 1e-4.</summary>
    public double SufficientDecrease { get; init; } = 1e-4;

    /// <summary>A rise below this share of the function's size is rounding. Default: 1e-14.</summary>
    public double Noise { get; init; } = 1e-14;

    /// <summary>How often a step is halved before the direction is given up. Default: 40.</summary>
    public int MaximumHalvings { get; init; } = 40;
}
