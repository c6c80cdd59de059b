using System.Globalization;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Simulation.Storage;

/// <summary>The estimates of a study as CSV: one row a scenario, replicate and method. Numbers read back to the same bits.</summary>
public static class ReplicateTable
{
    /// <summary>The header line.</summary>
    public const string Header = "scenario,replicate,method,estimand,estimate,se,df,outcome";

    private const int Fields = 8;

    private static readonly string[] Outcomes = ["", "converged", "warned", "failed"];

    /// <summary>Writes the rows of some replicates of a scenario; those not run are left out.</summary>
    /// <param name="writer">Receives whole lines.</param>
    /// <param name="estimates">The estimates.</param>
    /// <param name="scenario">The scenario's index, from 0.</param>
    /// <param name="replicates">Numbers from 0.</param>
    public static void WriteRows(TextWriter writer, StudyEstimates estimates, int scenario, IEnumerable<int> replicates)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentNullException.ThrowIfNull(replicates);
        var study = estimates.Study;
        foreach (var replicate in replicates)
        {
            for (var m = 0; m < study.Methods.Count; m++)
            {
                var estimate = estimates[scenario, m, replicate];
                if (estimate.Outcome != EstimateOutcome.NotRun)
                {
                    var method = study.Methods[m];
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{study.Scenarios[scenario].Number},{replicate + 1},"));
                    writer.Write($"{Quoted(method.Name)},{method.Target.Name},{Text(estimate.Value)},{Text(estimate.StandardError)},");
                    writer.Write($"{Text(estimate.DegreesOfFreedom)},{Outcomes[(int)estimate.Outcome]}\n");
                }
            }
        }
    }

    /// <summary>Writes all rows under the header, in the order of scenarios, replicates and methods.</summary>
    public static void Write(TextWriter writer, StudyEstimates estimates)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(estimates);
        writer.Write(Header + "\n");
        for (var scenario = 0; scenario < estimates.Study.Scenarios.Count; scenario++)
        {
            WriteRows(writer, estimates, scenario, Enumerable.Range(0, estimates.Study.Replicates));
        }
    }

    /// <summary>Reads rows into the estimates of a study.</summary>
    /// <param name="lines">The rows, without header, each with its line in the file, counted from 1.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="estimates">Receives the estimates.</param>
    /// <exception cref="InputException">A row is not as written: not of this study, torn, edited, or there twice.</exception>
    public static void ReadRows(IEnumerable<(int Line, string Row)> lines, string file, StudyEstimates estimates)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(estimates);
        var study = estimates.Study;
        var methods = study.Methods.Select((method, m) => (Key: Quoted(method.Name), m)).ToDictionary(
            pair => pair.Key,
            pair => pair.m,
            StringComparer.Ordinal);
        foreach (var (line, row) in lines)
        {
            var fields = row.Split(',');
            if (fields.Length != Fields
                || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var scenario)
                || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var replicate)
                || scenario < 1 || scenario > study.Scenarios.Count || replicate < 1 || replicate > study.Replicates
                || !methods.TryGetValue(fields[2], out var method)
                || !TryNumber(fields[4], double.NaN, out var value)
                || !TryNumber(fields[5], double.NaN, out var error)
                || !TryNumber(fields[6], double.PositiveInfinity, out var df)
                || Array.IndexOf(Outcomes, fields[7]) is not (> 0 and var outcome))
            {
                throw new InputException("This row is not one that the study could have written: it is torn or edited, or of another "
                    + "study.")
                { File = file, Line = line };
            }

            if (estimates[scenario - 1, method, replicate - 1].Outcome != EstimateOutcome.NotRun)
            {
                throw new InputException(FormattableString.Invariant(
                    $"Scenario {scenario}, replicate {replicate}, method {fields[2]} is there twice: the parts overlap."))
                {
                    File = file,
                    Line = line,
                };
            }

            estimates.Record(scenario - 1, method, replicate - 1, new EffectEstimate(value, error, df, (EstimateOutcome)outcome));
        }
    }

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "NA";

    private static bool TryNumber(string text, double whenAbsent, out double value)
    {
        value = whenAbsent;
        return text == "NA" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>
    /// A name as a field: one with a comma would need quotes, so it is written with a semicolon instead, here and when read.
    /// </summary>
    private static string Quoted(string name) => name.Replace(',', ';').ReplaceLineEndings(" ");
}
