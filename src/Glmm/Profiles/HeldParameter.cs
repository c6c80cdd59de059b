using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>One parameter of a fit that is held at chosen values while everything else is maximized.</summary>
internal abstract class HeldParameter
{
    private readonly double[][] modes;

    /// <summary>Takes the likelihood and the maximum to compare with.</summary>
    /// <param name="likelihood">Of all parameters, in scaled units; its
    /// modes are those of the maximum, and nobody else evaluates it.</param>
    /// <param name="solution">Where it is largest.</param>
    /// <param name="top">Its largest value.</param>
    /// <param name="information">The information there, m×m.</param>
    protected HeldParameter(MarginalLikelihood likelihood, double[] solution, double top, double[] information)
    {
        Likelihood = likelihood;
        Solution = solution;
        Top = top;
        Information = information;
        modes = likelihood.CopyModes();
    }

    /// <summary>Takes the likelihood and where a fit ended.</summary>
    /// <param name="likelihood">As above.</param>
    /// <param name="solution">The maximum to compare with.</param>
    protected HeldParameter(MarginalLikelihood likelihood, Solution solution)
        : this(likelihood, solution.Parameters.ToArray(), solution.Value, solution.Information.ToArray())
    {
    }

    /// <summary>The log-likelihood of all parameters.</summary>
    public MarginalLikelihood Likelihood { get; }

    /// <summary>ψ at the maximum.</summary>
    public double[] Solution { get; }

    /// <summary>ℓ at the maximum.</summary>
    public double Top { get; }

    /// <summary>The information of all parameters at the maximum, m×m: what the first climb of a search starts with.</summary>
    public double[] Information { get; }

    /// <summary>The estimate, in the units in which the parameter is held.</summary>
    public required double Estimate { get; init; }

    /// <summary>A guess of its standard error, for the first step.</summary>
    public required double Error { get; init; }

    /// <summary>The least possible value, or one so low that the profile is flat beyond it.</summary>
    public required double Lowest { get; init; }

    /// <summary>The largest possible value, or one so high that the profile is flat beyond it.</summary>
    public required double Highest { get; init; }

    /// <summary>Takes the likelihood back to the maximum, whatever was evaluated since.</summary>
    public void Restart() => Likelihood.StartAt(modes);

    /// <summary>The likelihood with the parameter held at a value, and where to start.</summary>
    /// <param name="value">The value.</param>
    /// <param name="near">ψ of a neighbouring solution.</param>
    public abstract (AffineRestriction Likelihood, double[] Start) At(double value, double[] near);

    /// <summary>The same with another start, for when the climb from a neighbouring solution has failed.</summary>
    /// <param name="value">The value.</param>
    public virtual (AffineRestriction Likelihood, double[] Start) Again(double value) => At(value, Solution);

    /// <summary>
    /// Where the maximum lies instead if it is not inside: restrictions to edges of the parameter space; empty when the solution is inside.
    /// </summary>
    /// <param name="value">The value held.</param>
    /// <param name="solution">ψ found there.</param>
    public virtual IEnumerable<(AffineRestriction Likelihood, double[] Start)> Edges(double value, double[] solution) => [];

    /// <summary>The likelihood with some parameters held at their values in ψ and the others started there.</summary>
    protected (AffineRestriction Likelihood, double[] Start) Hold(double[] psi, params ReadOnlySpan<int> held)
    {
        var start = new List<double>();
        for (var j = 0; j < psi.Length; j++)
        {
            if (!held.Contains(j))
            {
                start.Add(psi[j]);
            }
        }

        return (AffineRestriction.Holding(Likelihood, psi, held), [.. start]);
    }
}
