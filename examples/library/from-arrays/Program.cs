// A marginal and a conditional model of columns that are in memory: numbers as arrays, names as texts.
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Statistics.Families;

string[] site = new string[120];
string[] arm = new string[120];
double[] age = new double[120];
double[] better = new double[120];
for (var i = 0; i < site.Length; i++)
{
    // Twelve sites of ten; the numbers are made up, and the same each time.
    var place = i / 10;
    site[i] = $"site {place + 1}";
    arm[i] = place % 2 == 0 ? "placebo" : "active";
    age[i] = 40 + ((i * 7) % 31);
    better[i] = (i * 37 % 101) + (place % 2 * 20) + (place % 3 * 15) > 65 ? 1 : 0;
}

var data = new Dataset("memory",
[
    FactorColumn.Of("site", site),
    FactorColumn.Of("arm", arm, levels: ["placebo", "active"]),
    new NumericColumn("age", age),
    new NumericColumn("better", better),
]);

var marginal = GeeFitter.Fit(
    ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("better ~ arm + age"), Cluster = "site" }),
    new GeeOptions { Family = Family.Binomial });
Console.WriteLine(marginal);
foreach (var row in GeeInference.Of(marginal).CoefficientTable())
{
    Console.WriteLine(FormattableString.Invariant($"{row.Term} {row.Estimate:R} {row.StandardError:R}"));
}

var conditional = GlmmFitter.Fit(
    ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("better ~ arm + age + (1 | site)") }),
    new GlmmOptions { Family = Family.Binomial });
Console.WriteLine(conditional);
foreach (var row in GlmmInference.Of(conditional).Table())
{
    Console.WriteLine(FormattableString.Invariant($"{row.Term} {row.Estimate:R} {row.StandardError:R}"));
}
