using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A simulated trial as the commands read it from a file, for methods that set columns of it to other values.</summary>
/// <param name="Data">The table; null where the replicate's frame was read from one to begin with.</param>
/// <param name="Request">How the frame was made of it.</param>
/// <param name="Frame">The rows in the replicate's order.</param>
/// <param name="Treatment">The column of the arms: <c>treatment</c>, a factor when there are more than two.</param>
internal sealed record TabulatedTrial(Dataset? Data, FrameRequest? Request, ModelFrame Frame, string Treatment)
{
    private const string Cluster = "cluster";
    private const string Outcome = "y";
    private const string Wave = "wave";
    private const string Offset = "offset";

    /// <summary>The level of an arm, counted from 1; empty where there are two arms and nothing to choose.</summary>
    public string Level(int arm) => Frame.Recipe!.IsFactor(Treatment) && Frame.Recipe.LevelsOf(Treatment).Count > 2
        ? Frame.Recipe.LevelsOf(Treatment)[arm - 1]
        : string.Empty;

    /// <summary>The column of the tabulated design that a column of the replicate's has become.</summary>
    /// <param name="name">The replicate's name of it.</param>
    /// <param name="arm">The arm it compares with the first, counted from 1.</param>
    public int ColumnOf(string name, int arm)
    {
        var (names, level) = (Frame.Design.Names, Level(arm));
        for (var j = 0; j < names.Count; j++)
        {
            if (names[j] == (level.Length == 0 ? name : Treatment + level))
            {
                return j;
            }
        }

        throw new InvalidOperationException($"The data have no column \"{name}\" that can be told apart from the others.");
    }

    /// <summary>Tabulates a replicate, once for all methods with the same covariates.</summary>
    public static TabulatedTrial Of(Replicate replicate, bool adjusted) =>
        replicate.Shared((nameof(TabulatedTrial), adjusted), () => Build(replicate, adjusted));

    private static TabulatedTrial Build(Replicate replicate, bool adjusted)
    {
        var frame = replicate.Frame;
        if (frame.Recipe is not null)
        {
            // Read from a table to begin with.
            return new TabulatedTrial(null, null, frame, frame.Design.Terms[replicate.Model.EffectColumn]);
        }

        var (design, arms) = (frame.Design, RandomizedArms.Columns(replicate));
        var several = arms.Length > 1;
        var treatment = several ? "treatment" : MainColumn(design.Names[arms[0]]);
        var ids = new double[frame.Rows];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            ids.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(c + 1);
        }

        List<Column> columns =
        [
            new NumericColumn(Cluster, ids),
            new NumericColumn(Wave, Array.ConvertAll(frame.Waves.ToArray(), wave => wave + 1.0)),
            new NumericColumn(Outcome, Outcomes(frame)),
        ];
        List<string> terms = [];
        if (several)
        {
            columns.Add(Factor(frame, arms, treatment));
            terms.Add(treatment);
        }

        for (var j = 0; j < design.Columns; j++)
        {
            if (j == design.Intercept || (several && arms.Contains(j)))
            {
                continue;
            }

            terms.Add(string.Join(':', design.Names[j].Split(':').Select(Quoted)));
            if (!design.Names[j].Contains(':', StringComparison.Ordinal))
            {
                columns.Add(new NumericColumn(design.Names[j], design.Column(j).ToArray()));
            }
        }

        foreach (var covariate in frame.AuxiliaryColumns)
        {
            columns.Add(covariate);
            terms.AddRange(adjusted ? [Quoted(covariate.Name)] : []);
        }

        if (!frame.Offset.IsEmpty)
        {
            columns.Add(new NumericColumn(Offset, frame.Offset.ToArray()));
        }

        var data = new Dataset("replicate", columns);
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse($"{Outcome} ~ {string.Join(" + ", terms)}"),
            Cluster = Cluster,
            Wave = Wave,
            Offset = frame.Offset.IsEmpty ? null : Offset,
            HasOrderedOutcome = frame.Categories.Count > 0,
        };
        return new TabulatedTrial(data, request, ModelFrameBuilder.Build(data, request), treatment);
    }

    /// <summary>The outcomes; of ordered ones the numbers that name the categories.</summary>
    private static double[] Outcomes(ModelFrame frame) => frame.Categories.Count == 0
        ? frame.Response.ToArray()
        : Array.ConvertAll(
            frame.Response.ToArray(), code => double.Parse(frame.Categories[(int)code], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The treatment of <c>treatment:time</c>.</summary>
    private static string MainColumn(string name) => name.Split(':')[0];

    /// <summary>A column as a formula has it.</summary>
    private static string Quoted(string column) => new Expression.Variable(column).ToString();

    private static FactorColumn Factor(ModelFrame frame, int[] arms, string name)
    {
        var codes = new int[frame.Rows];
        for (var k = 0; k < arms.Length; k++)
        {
            var column = frame.Design.Column(arms[k]);
            for (var row = 0; row < codes.Length; row++)
            {
                codes[row] += (int)column[row] * (k + 1);
            }
        }

        return new FactorColumn(name, codes, [.. Enumerable.Range(1, arms.Length + 1).Select(arm => $"arm{arm}")]);
    }
}
