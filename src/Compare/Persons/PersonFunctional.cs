using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Persons;

/// <summary>Every estimate of a trial by person as a function of sums over persons: θ = F(Σ sᵢ).</summary>
/// <remarks>
/// The sums are, for each stratum z: W = Σw, and for each arm a M = Σ w m(a) over everybody, V = Σ w, E = Σ w (y − m(a)) and U = Σ w y over
/// those who had the arm; then Σ w c for each measure and arm, c a row's own contrast. The estimates are M/W (if the model holds),
/// Σ_z (M + W E/V)/W (whatever the model: each arm's mean residual is added, Hájek), U/V, and contrasts of them. F is homogeneous, so
/// its derivative along the sums themselves is 0 and influences add up to 0.
/// </remarks>
internal sealed class PersonFunctional
{
    private readonly int arms;
    private readonly int strata;
    private readonly IReadOnlyList<EffectMeasure> measures;

    /// <summary>Lays out sums and estimates.</summary>
    /// <param name="arms">The number of arms, the reference first.</param>
    /// <param name="strata">The number of strata within which mean residuals are added; 1 for none.</param>
    /// <param name="measures">How means are compared.</param>
    public PersonFunctional(int arms, int strata, IReadOnlyList<EffectMeasure> measures)
    {
        this.arms = arms;
        this.strata = strata;
        this.measures = measures;
        Sums = (strata * (1 + (4 * arms))) + (measures.Count * (arms - 1));
        Estimates = (2 * arms) + (4 * measures.Count * (arms - 1));
    }

    /// <summary>The number of sums.</summary>
    public int Sums { get; }

    /// <summary>The number of estimates.</summary>
    public int Estimates { get; }

    /// <summary>The number of arms.</summary>
    public int Arms => arms;

    /// <summary>The number of measures.</summary>
    public int Measures => measures.Count;

    /// <summary>Where W of a stratum stands.</summary>
    public int Weight(int stratum) => stratum * (1 + (4 * arms));

    /// <summary>Where M of a stratum and arm stands.</summary>
    public int Predicted(int stratum, int arm) => Weight(stratum) + 1 + arm;

    /// <summary>Where V stands.</summary>
    public int Received(int stratum, int arm) => Weight(stratum) + 1 + arms + arm;

    /// <summary>Where E stands.</summary>
    public int Residual(int stratum, int arm) => Weight(stratum) + 1 + (2 * arms) + arm;

    /// <summary>Where U stands.</summary>
    public int Observed(int stratum, int arm) => Weight(stratum) + 1 + (3 * arms) + arm;

    /// <summary>Where the sum of the rows' own contrasts stands.</summary>
    public int Contrasts(int measure, int arm) => Weight(strata) + (measure * (arms - 1)) + arm - 1;

    /// <summary>Where an arm's mean by the model stands among the estimates.</summary>
    public static int ModelMean(int arm) => arm;

    /// <summary>Where an arm's mean whatever the model stands.</summary>
    public int RobustMean(int arm) => arms + arm;

    /// <summary>Where a contrast stands: 0 of the rows' own, 1 by the model, 2 whatever the model, 3 of the raw means.</summary>
    public int Contrast(int measure, int arm, int kind) => (2 * arms) + (4 * ((measure * (arms - 1)) + arm - 1)) + kind;

    /// <summary>F.</summary>
    /// <param name="sums">As laid out.</param>
    /// <param name="estimates">Receives the estimates.</param>
    public void Evaluate(ReadOnlySpan<double> sums, Span<double> estimates)
    {
        var total = Total(sums);
        Span<double> raw = stackalloc double[arms];
        for (var a = 0; a < arms; a++)
        {
            var (model, robust, observed, received) = (0.0, 0.0, 0.0, 0.0);
            for (var z = 0; z < strata; z++)
            {
                var v = sums[Received(z, a)];
                model += sums[Predicted(z, a)];
                robust += sums[Weight(z)] * sums[Residual(z, a)] / v;
                observed += sums[Observed(z, a)];
                received += v;
            }

            estimates[ModelMean(a)] = model / total;
            estimates[RobustMean(a)] = (model + robust) / total;
            raw[a] = observed / received;
        }

        for (var k = 0; k < measures.Count; k++)
        {
            for (var a = 1; a < arms; a++)
            {
                estimates[Contrast(k, a, 0)] = sums[Contrasts(k, a)] / total;
                estimates[Contrast(k, a, 1)] = measures[k].Value(estimates[ModelMean(0)], estimates[ModelMean(a)]);
                estimates[Contrast(k, a, 2)] = measures[k].Value(estimates[RobustMean(0)], estimates[RobustMean(a)]);
                estimates[Contrast(k, a, 3)] = measures[k].Value(raw[0], raw[a]);
            }
        }
    }

    /// <summary>F′, estimates × sums, row-major.</summary>
    public double[] Jacobian(ReadOnlySpan<double> sums)
    {
        var jacobian = new double[Estimates * Sums];
        var estimates = new double[Estimates];
        Evaluate(sums, estimates);
        var total = Total(sums);
        var rawSlopes = new double[arms * Sums];
        var raw = new double[arms];
        for (var a = 0; a < arms; a++)
        {
            MeanSlopes(sums, a, total, estimates, jacobian);
            raw[a] = RawSlopes(sums, a, rawSlopes.AsSpan(a * Sums, Sums));
        }

        for (var k = 0; k < measures.Count; k++)
        {
            for (var a = 1; a < arms; a++)
            {
                var own = jacobian.AsSpan(Contrast(k, a, 0) * Sums, Sums);
                own[Contrasts(k, a)] = 1 / total;
                for (var z = 0; z < strata; z++)
                {
                    own[Weight(z)] = -estimates[Contrast(k, a, 0)] / total;
                }

                Compare(k, a, 1, estimates[ModelMean(0)], estimates[ModelMean(a)], Row(ModelMean(0)), Row(ModelMean(a)));
                Compare(k, a, 2, estimates[RobustMean(0)], estimates[RobustMean(a)], Row(RobustMean(0)), Row(RobustMean(a)));
                Compare(k, a, 3, raw[0], raw[a], rawSlopes.AsSpan(0, Sums), rawSlopes.AsSpan(a * Sums, Sums));
            }
        }

        return jacobian;

        Span<double> Row(int estimate) => jacobian.AsSpan(estimate * Sums, Sums);

        void Compare(
            int measure, int arm, int kind, double control, double treated, ReadOnlySpan<double> ofControl, ReadOnlySpan<double> ofTreated)
        {
            var slopes = measures[measure].Slopes(control, treated);
            var row = Row(Contrast(measure, arm, kind));
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (slopes.Control * ofControl[j]) + (slopes.Treated * ofTreated[j]);
            }
        }
    }

    private double Total(ReadOnlySpan<double> sums)
    {
        var total = 0.0;
        for (var z = 0; z < strata; z++)
        {
            total += sums[Weight(z)];
        }

        return total;
    }

    private void MeanSlopes(ReadOnlySpan<double> sums, int arm, double total, ReadOnlySpan<double> estimates, Span<double> jacobian)
    {
        var model = jacobian.Slice(ModelMean(arm) * Sums, Sums);
        var robust = jacobian.Slice(RobustMean(arm) * Sums, Sums);
        for (var z = 0; z < strata; z++)
        {
            var (w, v, e) = (sums[Weight(z)], sums[Received(z, arm)], sums[Residual(z, arm)]);
            model[Weight(z)] = -estimates[ModelMean(arm)] / total;
            model[Predicted(z, arm)] = 1 / total;
            robust[Weight(z)] = ((e / v) - estimates[RobustMean(arm)]) / total;
            robust[Predicted(z, arm)] = 1 / total;
            robust[Residual(z, arm)] = w / v / total;
            robust[Received(z, arm)] = -w * e / (v * v) / total;
        }
    }

    private double RawSlopes(ReadOnlySpan<double> sums, int arm, Span<double> slopes)
    {
        var (observed, received) = (0.0, 0.0);
        for (var z = 0; z < strata; z++)
        {
            observed += sums[Observed(z, arm)];
            received += sums[Received(z, arm)];
        }

        for (var z = 0; z < strata; z++)
        {
            slopes[Observed(z, arm)] = 1 / received;
            slopes[Received(z, arm)] = -observed / (received * received);
        }

        return observed / received;
    }
}
