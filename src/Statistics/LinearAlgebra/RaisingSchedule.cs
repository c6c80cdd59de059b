namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>How the diagonal of a symmetric matrix is raised, again and again, until the matrix is positive definite.</summary>
/// <remarks>
/// Element a_jj grows by t·max(<see cref="Floor"/>, <see cref="Constant"/>
/// + <see cref="Share"/>·|a_jj|), t = First, First·Growth, … below Last.
/// </remarks>
public sealed record RaisingSchedule
{
    private RaisingSchedule(double first, double growth, double last)
    {
        First = first;
        Growth = growth;
        Last = last;
    }

    /// <summary>
    /// For the information of a likelihood far from its maximum: a ten-thousandth of each element, then ten times as much.
    /// </summary>
    public static RaisingSchedule Newton { get; } = new(1e-4, 10, 1e12) { Constant = 1, Share = 1 };

    /// <summary>For an information that is singular by rounding at most: hardly anything at first.</summary>
    public static RaisingSchedule Rounding { get; } = new(1e-10, 100, 1e6) { Constant = 1, Share = 1 };

    /// <summary>
    /// For the curvature about a mode, to which independent standard normal effects contribute one: the same amount for every element.
    /// </summary>
    public static RaisingSchedule Modes { get; } = new(1, 4, 1e300) { Constant = 1 };

    /// <summary>For an approximate Hessian whose scale is that of the function: in proportion to each element.</summary>
    public static RaisingSchedule Proportional { get; } = new(1e-3, 10, 1e6) { Floor = 1e-6, Share = 1 };

    /// <summary>The first t.</summary>
    public double First { get; }

    /// <summary>What t is multiplied by.</summary>
    public double Growth { get; }

    /// <summary>No t reaches this: then the matrix is given up.</summary>
    public double Last { get; }

    /// <summary>What is added for t = 1 whatever the element. Default: 0.</summary>
    public double Constant { get; private init; }

    /// <summary>The share of the element's size that is added for t = 1. Default: 0.</summary>
    public double Share { get; private init; }

    /// <summary>The least that is added for t = 1. Default: 0.</summary>
    public double Floor { get; private init; }

    /// <summary>What an element of the diagonal grows by.</summary>
    /// <param name="shift">t.</param>
    /// <param name="element">The element.</param>
    public double Amount(double shift, double element) => shift * Math.Max(Floor, Constant + (Share * Math.Abs(element)));
}
