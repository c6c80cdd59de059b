using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Persons;

/// <summary>What each person does to every estimate: n rows φᵢ whose n/(n − 1) Σ(φ − φ̄)(φ − φ̄)ᵀ is the covariance.</summary>
/// <remarks>
/// Plain influence is F′(sᵢ + Ṡψᵢ), S the sums and Ṡ their derivative in β. Leave-one-out kinds have φᵢ = (n − 1)/n (θ − θ₍ᵢ₎), the
/// jackknife of type 1, with θ₍ᵢ₎ = F(Σ_{j≠i} sⱼ(β₍ᵢ₎)): β₍ᵢ₎ by a refit or
/// one step away, all others predicted anew, or by their slopes (closed).
/// </remarks>
internal sealed class PersonInfluence
{
    private readonly PersonModel model;
    private readonly PersonSums sums;
    private readonly PersonFunctional functional;
    private readonly double[] total;
    private readonly double[] estimates;
    private readonly double[] slopes;
    private readonly int n;

    /// <summary>Prepares the sums at β̂.</summary>
    public PersonInfluence(PersonModel model, PersonSums sums)
    {
        this.model = model;
        this.sums = sums;
        functional = sums.Functional;
        n = model.Persons.Count;
        total = new double[functional.Sums];
        estimates = new double[functional.Estimates];
        sums.Total(model.Coefficients, new double[2 * functional.Arms * sums.Predictions.Rows], total);
        functional.Evaluate(total, estimates);
        slopes = sums.Slopes(model.Coefficients);
        Jacobian = functional.Jacobian(total);
        Gradient = new double[functional.Estimates * model.P];
        Dense.Multiply(Jacobian, slopes, functional.Estimates, functional.Sums, model.P, Gradient);
    }

    /// <summary>θ̂.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>F′ at the sums, estimates × sums, row-major.</summary>
    public double[] Jacobian { get; }

    /// <summary>dθ/dβ, estimates × p, row-major.</summary>
    public double[] Gradient { get; }

    /// <summary>The rows of one kind.</summary>
    /// <param name="errors">Influence, closed, one-step or jackknife.</param>
    /// <param name="threads">0 for all processors; no bit depends on it.</param>
    public ClusterInfluence Of(StandardizedErrors errors, int threads)
    {
        var width = functional.Estimates;
        var values = new double[n * width];
        var refits = errors == StandardizedErrors.Jackknife;
        var anew = refits || errors == StandardizedErrors.OneStep;
        using var work = LongWork.Begin(refits ? "refits without a person" : "persons left out", refits || anew ? n : 0);
        ParallelWork.For(0, n, threads, () => new Scratch(functional, sums.Predictions.Rows, model.P, anew), (i, scratch) =>
        {
            var own = values.AsSpan(i * width, width);
            if (errors == StandardizedErrors.Influence)
            {
                Plain(i, scratch, own);
                return;
            }

            Coefficients(i, refits, scratch);
            if (anew)
            {
                sums.Total(scratch.Beta, scratch.Rows, scratch.Sums);
            }
            else
            {
                Dense.Multiply(slopes, scratch.Change, scratch.Sums);
                for (var j = 0; j < scratch.Sums.Length; j++)
                {
                    scratch.Sums[j] = total[j] - scratch.Sums[j];
                }
            }

            sums.One(i, scratch.Beta, scratch.Means, scratch.Own);
            Dense.AddScaled(-1, scratch.Own, scratch.Sums);
            functional.Evaluate(scratch.Sums, own);
            for (var j = 0; j < width; j++)
            {
                own[j] = (n - 1.0) / n * (estimates[j] - own[j]);
            }

            work.Step();
        });
        return new ClusterInfluence(n, values);
    }

    private void Plain(int person, Scratch scratch, Span<double> destination)
    {
        sums.One(person, model.Coefficients, scratch.Means, scratch.Own);
        Dense.Multiply(Jacobian, scratch.Own, destination);
        model.Influence(person, scratch.Change);
        for (var j = 0; j < destination.Length; j++)
        {
            destination[j] += Dense.Dot(Gradient.AsSpan(j * model.P, model.P), scratch.Change);
        }
    }

    /// <summary>β without the person, and β̂ less it.</summary>
    private void Coefficients(int person, bool refit, Scratch scratch)
    {
        if (refit)
        {
            Refit(person, scratch.Beta);
            for (var j = 0; j < scratch.Beta.Length; j++)
            {
                scratch.Change[j] = model.Coefficients[j] - scratch.Beta[j];
            }

            return;
        }

        model.Deletion(person, scratch.Change);
        for (var j = 0; j < scratch.Beta.Length; j++)
        {
            scratch.Beta[j] = model.Coefficients[j] - scratch.Change[j];
        }
    }

    /// <summary>The fit without one person, who may be one of several in a row. Not a number where it fails.</summary>
    private void Refit(int person, Span<double> beta)
    {
        var (frame, persons) = (model.Fit.Frame, model.Persons);
        var row = persons.Row[person];
        var (weights, response) = ((double[])persons.RowWeight.Clone(), frame.Response.ToArray());
        var sum = persons.RowSum[row] - (persons.Weight[person] * persons.Response[person]);
        weights[row] = persons.HaveWeights ? 0 : Math.Round(weights[row] - persons.Weight[person]);
        response[row] = weights[row] > 0 ? sum / weights[row] : response[row];
        var rest = new ModelFrame(frame.Design, response, frame.Clusters) { Weights = weights, Offset = frame.Offset };
        var fit = GeeFitter.Fit(rest, model.Fit.Options with { Threads = 1 });
        if (fit.Convergence.Converged)
        {
            fit.Coefficients.CopyTo(beta);
        }
        else
        {
            beta.Fill(double.NaN);
        }
    }

    private sealed class Scratch(PersonFunctional functional, int rows, int p, bool anew)
    {
        public double[] Beta { get; } = new double[p];

        public double[] Change { get; } = new double[p];

        public double[] Sums { get; } = new double[functional.Sums];

        public double[] Own { get; } = new double[functional.Sums];

        public double[] Means { get; } = new double[2 * functional.Arms];

        public double[] Rows { get; } = new double[anew ? 2 * functional.Arms * rows : 0];
    }
}
