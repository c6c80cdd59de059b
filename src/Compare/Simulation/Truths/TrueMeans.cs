using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>
/// The population behind a mechanism: marginal means of every row of either arm's clusters, by quadrature over the random effect.
/// </summary>
/// <remarks>Cluster sizes that vary are independent of everything else here, so one row stands for all of a saturated design.</remarks>
internal sealed class TrueMeans
{
    private readonly Mechanism mechanism;
    private readonly EffectNodes nodes;
    private readonly double[] coefficients;

    public TrueMeans(Mechanism mechanism)
    {
        this.mechanism = mechanism;
        nodes = mechanism.RandomEffect.Nodes();
        coefficients = mechanism.Design.Coefficients(mechanism.Effects);
        Size = mechanism.Size.Fixed ?? 1;
    }

    /// <summary>Rows of a cluster to look at.</summary>
    public int Size { get; }

    /// <summary>The conditional linear predictor of a row as it is observed, for an average cluster.</summary>
    public double Predictor(int arm, int row) =>
        Linear(mechanism.Design.Treatment(arm, row, Size), row) + mechanism.Design.Surplus(mechanism.Effects, arm, row, Size);

    /// <summary>E g⁻¹(η + b).</summary>
    public double Mean(double predictor) => nodes.Expect(b => mechanism.Link.Mean(predictor + b));

    /// <summary>The population mean when everybody has a treatment, averaged over rows.</summary>
    public double Standardized(double treatment)
    {
        var sum = 0.0;
        for (var row = 0; row < Size; row++)
        {
            sum += Mean(Linear(treatment, row));
        }

        return sum / Size;
    }

    private double Linear(double treatment, int row)
    {
        Span<double> x = stackalloc double[coefficients.Length];
        mechanism.Design.Fill(treatment, row, Size, x);
        var eta = 0.0;
        for (var k = 0; k < x.Length; k++)
        {
            eta += x[k] * coefficients[k];
        }

        return eta;
    }
}
