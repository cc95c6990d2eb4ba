//! How TCP connections are followed.

use crate::cli::{AnalysisRules, Cli};
use crate::tcp::analysis::{Analysis, Rules};

/// How TCP connections are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Following {
    /// Whose verdict is wanted.
    rules: Rules,
    /// How many connections are remembered at most.
    connections: usize,
    /// Whether those that are forgotten are kept account of.
    keep_ledger: bool,
}

impl Following {
    /// Whether and how the options want connections to be followed.
    pub fn wanted(cli: &Cli) -> Option<Following> {
        let rules = match cli.analysis_rules {
            AnalysisRules::Evidence => Rules::Evidence,
            AnalysisRules::Wireshark => Rules::Wireshark,
        };
        let connections = usize::try_from(cli.max_connections).unwrap_or(usize::MAX);
        let is_wanted = cli.json || cli.analyze || cli.connections;
        is_wanted.then_some(Following { rules, connections, keep_ledger: cli.connections })
    }

    /// An analysis of this kind.
    pub fn analysis(&self) -> Analysis {
        let mut analysis = Analysis::new(self.rules, self.connections);
        if self.keep_ledger {
            analysis.keep_ledger();
        }
        analysis
    }
}
