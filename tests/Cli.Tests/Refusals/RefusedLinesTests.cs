using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Refusals;

/// <summary>
/// Lines that ask for what cannot be had: one sentence says what is wrong, the next what to do, nothing is printed and nothing written.
/// </summary>
/// <remarks>In a line T stands for the file of a trial, M for one of studies, I for one of two imputed sets, F for the folder.</remarks>
public sealed class RefusedLinesTests : IDisposable
{
    private static readonly string[] Arms = ["a", "b", "c"];
    private readonly TemporaryFolder folder = new();

    public RefusedLinesTests()
    {
        folder.Write("T.csv", "id,ward,visit,arm,dose,y,count,grade,x\n" + string.Concat(Enumerable.Range(0, 36).Select(row =>
        {
            var (id, visit) = (1 + (row / 3), 1 + (row % 3));
            return FormattableString.Invariant(
                $"{id},{1 + (id % 3)},{visit},{Arms[id % 3]},{id % 2},{(((row + 1) * 7 / 3) + id) % 2},{((row * 5) + id) % 7},")
                + FormattableString.Invariant($"{(row % 2 == 0 ? "low" : "high")},{row * 3 % 11 / 2.0}\n");
        })));
        folder.Write("M.csv", "study,ai,n1,ci,n2,y,v,se,m1,sd1\nA,4,20,8,20,0.2,0.04,0.2,1,2\nB,6,30,9,30,0.9,0.09,0.3,1,2\n");
        folder.Write("I.csv", ".imp,id,arm,y\n1,1,a,1\n1,2,b,0\n1,3,a,0\n1,4,b,1\n2,1,a,1\n2,2,b,0\n2,3,a,1\n2,4,b,1\n");
        folder.Write("matrix.csv", "1,0.5\n0.5,1,2\n");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        "--cluster id --association exchangeable --family poisson",
        "--association needs a binary outcome of 0 and 1 (family binomial), without weights and trials.")]
    [InlineData(
        "--cluster id --wave visit --staying '~ y' --corr ar1",
        "--staying needs --corr independence, and --corr is ar1. Weights of rows are unbiased under working independence only; "
            + "--staying-weights cluster allows every structure.")]
    [InlineData(
        "--cluster id --corr lor-uniform",
        "--corr lor-uniform is the association of ordinal outcomes. Add --family ordinal, or take another structure; for binary outcomes "
            + "--association models odds ratios.")]
    [InlineData(
        "--cluster id --corr fixed --wave visit --corr-file F/matrix.csv",
        "Row 2 of the correlation matrix has 3 values, and the matrix has 2 rows. The file has to be a square table of numbers without a "
            + "header.")]
    [InlineData(
        "--cluster id --corr fixed --wave visit --corr-file F/none.csv",
        "There is no such file with a correlation matrix. Name by --corr-file a CSV file of numbers, one row a wave.")]
    [InlineData("--cluster id --corr fixed", "--corr fixed needs --corr-file, a CSV with the matrix.")]
    [InlineData("--cluster id --separator ab", "--separator has to be one character, or the word tab.")]
    [InlineData(
        "--cluster id --order grade=low,high --order grade=high,low", "--order is given twice for grade. Give each column one order.")]
    [InlineData("--cluster id --lsmeans arm --at offset=1,2", "--at offset=1,2 is not one number. Write --at offset=0 for rates per unit.")]
    [InlineData("--cluster id --level 95", "--level has to lie between 0 and 1, such as 0.95.")]
    [InlineData("--cluster id --threads -1", "--threads has to be 0 (all processors) or more.")]
    [InlineData("--cluster id --max-iterations 0", "--max-iterations has to be 1 or more.")]
    public void A_marginal_model_that_cannot_be_fitted_so(string options, string sentence) =>
        Refused($"gee F/T.csv \"y ~ arm\" {options}", sentence);

    [Fact]
    public void A_score_test_of_the_only_coefficient() => Refused(
        "gee F/T.csv \"y ~ 1\" --cluster id --contrast \"(Intercept)\" --score-test",
        "--score-test has no model to fit under the hypothesis about \"(Intercept)\": it leaves no coefficient free. Leave --score-test "
            + "out: the table has the Wald test of it. Or give the model an intercept.");

    [Theory]
    [InlineData(
        "--cluster id --cluster ward",
        "Two ways of clustering need --corr independence: with another working correlation the equations are not sums over single rows. "
            + "Add --corr independence, or name one column by --cluster.")]
    [InlineData(
        "--cluster id --cluster ward --corr independence --se mancl-derouen",
        "Two ways of clustering have one kind of --se, robust: corrections for few clusters are those of one way. Leave out --se; "
            + "--cluster-factor and --df k-p are for few clusters.")]
    [InlineData(
        "--cluster id --cluster ward --corr independence --df satterthwaite",
        "Two ways of clustering have --df normal and k-p, with K the smaller number of clusters. Take one of them.")]
    [InlineData(
        "--cluster id --cluster ward --cluster arm --corr independence",
        "--cluster is given more than twice: standard errors allow for two ways of clustering.")]
    public void Two_ways_of_clustering_have_what_is_known_of_them(string options, string sentence) =>
        Refused($"gee F/T.csv \"y ~ arm\" {options}", sentence);

    [Theory]
    [InlineData(
        "y ~ arm + (1 | id)", "--df satterthwaite",
        "Satterthwaite's and Kenward and Roger's degrees of freedom belong to pseudo-likelihood. Add --method repl, or leave out --df.")]
    [InlineData(
        "y ~ arm + (1 | id)", "--method repl --nodes 3",
        "--nodes belongs to quadrature, and --method asks for pseudo-likelihood. Leave one of the two out.")]
    [InlineData(
        "y ~ arm + (1 | id)", "--draws 3",
        "--draws says how many outcomes --simulated writes, and --simulated is not given. Add --simulated FILE.")]
    [InlineData(
        "y ~ arm + (1 | id)", "--method repl --family beta-binomial",
        "Pseudo-likelihood has neither the beta-binomial family nor excess zeros. Leave out --method, or take a family without them.")]
    [InlineData(
        "y ~ arm + (1 | id)", "--method mpl --df kenward-roger",
        "Kenward and Roger's method needs a fit by restricted pseudo-likelihood. Use --method repl, or --df satterthwaite.")]
    [InlineData(
        "count ~ arm + (1 | id)", "--family zero-inflated-poisson --zero-inflation 'y ~ x'",
        "The formula of --zero-inflation, \"y ~ x\", has a left side. Write the right side alone, such as --zero-inflation \"x + arm\".")]
    [InlineData(
        "count ~ arm + (1 | id)", "--family zero-inflated-poisson --zero-inflation 'x + (1 | id)'",
        "The formula of --zero-inflation, \"x + (1 | id)\", has random effects, which excess zeros have none of.")]
    [InlineData(
        "y ~ arm", "",
        "The formula \"y ~ arm\" has no random effects. Add a term such as (1 | id), or use gee for a marginal model.")]
    [InlineData(
        "y ~ arm + (1 | id) + (1 | visit)", "--diagnostics F/d.csv",
        "--diagnostics leaves out one cluster at a time, and crossed effects make one cluster of all rows. Leave it out.")]
    public void A_mixed_model_that_cannot_be_fitted_so(string formula, string options, string sentence) =>
        Refused($"glmm F/T.csv \"{formula}\" {options}", sentence);

    [Theory]
    [InlineData(
        "count ~ arm + (1 | id)", "--information observed",
        "--information chooses how Kenward and Roger's degrees of freedom are found, and is without effect on others. Add --df "
            + "kenward-roger, without --se, or leave out --information.")]
    [InlineData(
        "count ~ arm", "--residual ar1",
        "A residual covariance needs to know which rows belong to one subject. Name the column of subjects by --cluster.")]
    [InlineData(
        "count ~ arm + (1 | id)", "--ml --df kenward-roger",
        "Kenward and Roger's method needs a fit by restricted maximum likelihood. Leave out --ml, or use --df satterthwaite.")]
    [InlineData(
        "count ~ arm + (1 | id)", "--se robust --df kenward-roger",
        "Kenward and Roger's degrees of freedom belong to model-based standard errors. Leave out --se, or use --df satterthwaite.")]
    public void A_linear_mixed_model_that_cannot_be_fitted_so(string formula, string options, string sentence) =>
        Refused($"lmm F/T.csv \"{formula}\" {options}", sentence);

    [Theory]
    [InlineData(
        "y ~ arm + (1 | id)", "--treatment arm --by arm",
        "--by is arm, whose effect is compared: every subgroup would have one arm. Name another column, or leave --by out.")]
    [InlineData(
        "y ~ arm + (1 | id)", "--treatment dos",
        "--treatment is dos, but the formula \"y ~ arm + (1 | id)\" has no such term. The formula's covariates are arm.")]
    [InlineData(
        "y ~ x + (1 | id)", "--treatment x --pairs",
        "There are no standardized means of arms that could be compared. Make the treatment a category with --factor, and see the notes on "
            + "what is not estimable.")]
    [InlineData(
        "y ~ arm + (1 | id)", "--treatment arm --margin difference:0.1",
        "--margin difference: rung 3 of the ladder has no such scale. Its scales are risk-difference, risk-ratio, odds-ratio.")]
    [InlineData(
        "y ~ arm + (1 | id)", "--treatment arm --margin risk-difference",
        "The margin \"risk-difference\" does not begin with a scale and a colon. Write --margin as \"risk-difference:-0.1\".")]
    [InlineData(
        "y ~ dose", "--treatment dose --between 0,12",
        "--between needs clusters or persons that are seen several times, and here each row is a person.")]
    [InlineData(
        "grade ~ arm", "--treatment arm --family ordinal",
        "A comparison of ordinal outcomes needs clusters. Name them by --cluster, or add a random part such as (1 | id).")]
    public void A_comparison_that_cannot_be_made(string formula, string options, string sentence) =>
        Refused($"compare F/T.csv \"{formula}\" {options}", sentence);

    [Theory]
    [InlineData("", "It is not said where the studies' numbers stand. Give counts (--measure RR --treat EVENTS,NONEVENTS")]
    [InlineData("--yi y", "--yi needs the studies' sampling variances or standard errors. Add --vi COLUMN, or --sei COLUMN.")]
    [InlineData("--yi y --vi v --sei se", "--vi and --sei are both given; one of them is enough.")]
    [InlineData("--vi v", "--vi and --sei belong to --yi, which is missing. Say --yi EFFECT --vi VARIANCE, or give the arms by --measure,")]
    [InlineData("--yi y --vi v --treat ai/n1", "--yi gives effects computed already, so --treat, --control and --arm have no place.")]
    [InlineData(
        "--measure PLO --treat ai/n1 --control ci/n2",
        "--measure PLO is of one arm, so --treat and --control have no place. Say --arm EVENTS,NONEVENTS or --arm EVENTS/TOTAL.")]
    [InlineData(
        "--measure PAS --arm ai/n1 --method exact",
        "The exact model of one arm has logits of proportions, or logarithms of rates. Say --measure PLO.")]
    [InlineData(
        "--measure OR --treat ai/n1 --control ci/n2 --method exact --ci hartung-knapp",
        "--method exact gives the Wald interval of maximum likelihood; --ci belongs to the other methods.")]
    [InlineData("--measure RR --treat ai/n1 --control ci/n2 --method Peto", "Peto's method combines odds ratios. Say --measure OR.")]
    [InlineData("--yi y --vi v --method MH", "Mantel and Haenszel's method combines the events of two arms. Say --measure OR, RR, RD,")]
    [InlineData(
        "--measure OR --treat ai/n1 --control ci/n2 --method MH --moderators m1",
        "--method MH has no moderators and one effect a study. Say --method REML, or leave --moderators, --random and --cluster out.")]
    [InlineData(
        "--measure MD --treat m1,sd1 --control ci,n2",
        "--treat names 2 columns, but --measure MD needs 3. Say --treat MEAN,SD,N, with the names of the columns.")]
    [InlineData("--measure OR --treat n1/ai --control ci/n2", "line 2, column ai: Study \"A\" has 20 events among 4 people.")]
    public void Studies_that_cannot_be_combined(string options, string sentence) => Refused($"meta F/M.csv {options}", sentence);

    [Theory]
    [InlineData("--kind 10:.3:.5", "--rho, the correlation within clusters, is missing.")]
    [InlineData("--kind x:.3:.5 --rho 0.1", "--kind cannot read \"x:.3:.5\". Write SIZE:CONTROL:TREATMENT, such as 10:.3:.5,")]
    [InlineData("--control .3 --treatment .2 --difference 1 --sd 2 --size 3 --rho .1", "The effect is missing or given twice.")]
    [InlineData("--difference 1 --sd 2 --size 0 --rho .1", "--size has to be 1 or more, and --cv 0 or more.")]
    [InlineData("--difference 1 --sd 2 --sizes , --rho .1", "--sizes is empty.")]
    [InlineData("--slope-difference 1 --sd 5 --rho .5 --times 0,b", "--times cannot read \"b\": write numbers, such as 0,6,12.")]
    [InlineData("--steps 3 --difference 1 --sd 2 --rho .05", "--size, the number of rows of a cluster in a period, is missing.")]
    [InlineData("--steps 3 --difference 1 --sd 2 --rho .05 --size 9 --link log", "--control-end and --link are for binary outcomes.")]
    [InlineData("--steps 3 --difference 1 --sd 2 --control .3 --treatment .2 --rho .1 --size 9", "The effect is missing or given twice.")]
    [InlineData(
        "--control .3 --treatment .2 --size 3.5 --rho .1 --simulate",
        "--size is 3.5; clusters that are drawn have a whole number of rows. Give a whole number, or all sizes by --sizes.")]
    public void A_trial_that_cannot_be_planned(string options, string sentence) => Refused("plan " + options, sentence);

    [Theory]
    [InlineData("profile F/T.csv \"y ~ x\"", "The formula \"y ~ x\" does not say what the units are. Write (1 | unit) once,")]
    [InlineData("profile F/T.csv \"y ~ x + (1 | id)\" --rank-draws 5", "--rank-draws has to be 100 or more.")]
    [InlineData(
        "profile F/T.csv \"y ~ x + (1 | id) + (1 | visit)\"",
        "Profiling takes one random intercept, the effect of the units, and no other random effect.")]
    [InlineData(
        "marginalize F/T.csv \"count ~ arm + (1 | id)\" --family gamma --link inverse",
        "With the inverse link the mean over normal random effects does not exist. Use a logit, probit, cloglog, log, identity or sqrt "
            + "link.")]
    [InlineData(
        "marginalize F/T.csv \"y ~ arm\"",
        "The formula \"y ~ arm\" has no random effects. There is nothing to average over: add a random part, such as \"+ (1 | id)\".")]
    [InlineData(
        "gee F/I.csv \"y ~ arm\" --cluster id --imputation .imp --imputed 'i*.csv'",
        "--imputation and --imputed both say where the imputed sets are. Leave one of the two out.")]
    [InlineData(
        "gee F/I.csv \"y ~ arm\" --cluster id --imputed '*/imp.csv'",
        "--imputed cannot read \"*/imp.csv\": stars may stand in the file's name, not in the folder's.")]
    [InlineData("gee F/I.csv \"y ~ arm\" --cluster id --imputation imp", "Did you mean \".imp\"? Columns: .imp, id, arm, y.")]
    public void Units_marginal_means_and_imputed_sets_that_are_not_there(string line, string sentence) => Refused(line, sentence);

    [Theory]
    [InlineData("simulate", "There is no study. Name a study file, or a kept fit by --like.")]
    [InlineData("simulate study.yaml --like fit.json", "--like takes the place of a study file: name one of them.")]
    [InlineData("simulate study.yaml --shard 3/2", "--shard is \"3/2\"; it has to be a part and the number of parts, such as 2/8.")]
    [InlineData("simulate study.yaml --shard x", "--shard is \"x\"; it has to be a part and the number of parts, such as 2/8.")]
    [InlineData("simulate study.yaml --resume", "--resume needs --out, the folder of the run to go on with.")]
    [InlineData("simulate study.yaml --zero-based", "--zero-based needs --shard, whose parts it counts.")]
    [InlineData("simulate study.yaml --max-time 3x", "--max-time is \"3x\"; it has to be a time such as 30m, 2h, 1h30m or 0-01:30:00,")]
    [InlineData("simulate F/none.yaml", "The study file cannot be read. Check the path.")]
    [InlineData("merge F/none --out F/whole", "There are no results of a study in this folder. Name the folders given to margcond")]
    [InlineData("merge", "The command merge needs DIR, which was not given.")]
    [InlineData("report F/none", "There is no such folder, and no such study file. Name the folder given to margcond simulate as --out.")]
    [InlineData("report F/T.csv", "The study must hold settings of the form \"key: value\".")]
    [InlineData("replay F/none.yaml", "The study file cannot be read. Check the path.")]
    [InlineData("summarize F/T.csv", "--estimate is required.")]
    [InlineData("verify", "There is no program to try the laws on. Add --command \"Rscript mine.R\", or --list to see the laws.")]
    public void A_study_that_is_not_there_or_cannot_be_run_so(string line, string sentence) => Refused(line, sentence);

    [Theory]
    [InlineData("gee F/T.csv --cluster id", "The command gee needs FORMULA, which was not given.")]
    [InlineData("completion ksh", "SHELL does not know \"ksh\". Did you mean \"zsh\"? It takes bash, zsh, fish, pwsh.")]
    [InlineData("help nonsense", "There is no command \"nonsense\". Commands: gee, plan, glmm, lmm, marginalize, compare, profile, meta,")]
    [InlineData("describe F/none.csv", "There is no such file.")]
    [InlineData("describe F/T.csv --sheet A", "--sheet has no effect on a text file. Leave it out.")]
    [InlineData("serve more", "The command serve has no use for \"more\".")]
    public void A_word_that_is_missing_or_too_many(string line, string sentence) => Refused(line, sentence);

    [Theory]
    [InlineData("--format docx", "--format docx is a file for Word, which cannot be shown here. Add --out FILE.docx.")]
    [InlineData("--report F/page.pdf", "and a report is written as HTML: end its name with .html.")]
    [InlineData("--out F/T.csv", "the file that is read (DATA.csv): it would be lost. Name another file, or say --overwrite.")]
    [InlineData("--predictions F/T.csv", "the file that is read (DATA.csv): it would be lost. Name another file, or say --overwrite.")]
    [InlineData("--plot correlation=F/d.svg", "There is no picture correlation of this result, because")]
    [InlineData("--plot nothing=F/d.svg", "--plot does not know the picture \"nothing\". It takes coefficients,")]
    [InlineData("--plot coefficients", "--plot coefficients needs the name of a file. Write --plot coefficients=coefficients.svg.")]
    [InlineData("--out F/new.csv --predictions F/new.csv", "--out and --predictions name the same file,")]
    [InlineData("--diagnostics F/new.csv --predictions F/./new.csv", "--diagnostics and --predictions name the same file,")]
    [InlineData("--out F/page.html --report F/page.html", "--report and --out name the same file,")]
    [InlineData("--save F/fit.json --out F/fit.json", "--out and --save name the same file,")]
    [InlineData("--plot coefficients=F/p.svg --plot residuals=F/p.svg", "--plot coefficients and residuals name the same file,")]
    [InlineData("--plot coefficients=F/p.svg --plot residuals=F/./p.svg", "--plot coefficients and residuals name the same file,")]
    [InlineData("--fit F/T.csv", "This is not a fit that --save kept.")]
    public void A_file_that_cannot_be_written_so(string options, string sentence) =>
        Refused($"lmm F/T.csv \"count ~ arm + (1 | id)\" {options}", sentence);

    /// <summary>The same picture asked for twice is one picture.</summary>
    [Fact]
    public void Pictures_in_files_of_their_own_are_written()
    {
        var (one, other) = (Path.Combine(folder.Path, "one.svg"), Path.Combine(folder.Path, "other.svg"));
        Answers.Text($"lmm {folder.Path}/T.csv \"count ~ arm + (1 | id)\" --plot residuals={one} --plot residuals={other} "
            + $"--plot residuals={other}");
        Assert.Equal(File.ReadAllText(one), File.ReadAllText(other));
    }

    private void Refused(string line, string sentence)
    {
        var before = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ToDictionary(path => path, File.ReadAllText);
        var refusal = Answers.Refusal(line.Replace("F/", folder.Path + "/", StringComparison.Ordinal));
        Assert.StartsWith("margcond: ", refusal, StringComparison.Ordinal);
        Assert.Contains(sentence, refusal, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ToDictionary(path => path, File.ReadAllText));
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }
}
